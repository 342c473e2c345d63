// SPDX-License-Identifier: EUPL-1.2
//! The kinds of value that Italian forms ask for: text in, checked type out. Each `parse` refuses with a
//! [`Problem`](crate::problem::Problem), each checked value gives back its normal form with `as_str`.

pub mod calendar;
pub mod codice_fiscale;
pub mod contact;
pub mod file;
pub mod money;
pub mod partita_iva;
pub mod place;
pub mod text;

/// Lets a value travel in JSON as the text it is written as; reading checks it again.
macro_rules! serde_as_text {
    ($value:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = alloc::string::String::deserialize(deserializer)?;
                // The code alone: what was refused must not reach a log.
                Self::parse(&text).map_err(|problem| serde::de::Error::custom(problem.code()))
            }
        }
    };
}
use serde_as_text;
