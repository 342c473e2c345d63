// SPDX-License-Identifier: EUPL-1.2
//! The register of sign-ins that SPID and CIE want kept for 24 months: when, through whom, at which level, how it went.
//! Whose sign-in it was stands there as a fingerprint only.

use super::provider::Scheme;
use crate::ctx::Ctx;
use crate::error::Error;

/// 24 months, in seconds.
const KEPT: i64 = 731 * 24 * 3600;

/// Writes one line. `codice_fiscale` is known only when the sign-in succeeded.
pub(crate) async fn record(
    ctx: &Ctx,
    scheme: Scheme,
    level: Option<u8>,
    outcome: &str,
    codice_fiscale: Option<&str>,
) -> Result<(), Error> {
    let vault = super::vault(ctx)?;
    let fingerprint = codice_fiscale.map(|code| vault.fingerprint("register", code));
    ctx.db
        .execute(
            "INSERT INTO registro_accessi_identita (istante, fornitore, livello, esito, impronta_cf) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            &[
                ctx.now.as_second().into(),
                scheme.as_str().into(),
                level.map(i64::from).into(),
                outcome.into(),
                fingerprint.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Removes what has been kept long enough.
pub(crate) async fn sweep(ctx: &Ctx) -> Result<(), Error> {
    let oldest = ctx.now.as_second() - KEPT;
    ctx.db
        .execute(
            "DELETE FROM registro_accessi_identita WHERE istante < ?1",
            &[oldest.into()],
        )
        .await?;
    Ok(())
}
