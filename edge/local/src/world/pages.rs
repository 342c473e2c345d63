// SPDX-License-Identifier: EUPL-1.2
//! The pages of the box. Each says at the top that nothing here is real.

use super::people::{PEOPLE, Person};
use super::wire::Reply;
use std::fmt::Write as _;

const STYLE: &str = include_str!("pages/stile.css");

/// The style sheet of all pages.
pub(crate) fn style() -> Reply {
    Reply::new(200, "text/css; charset=utf-8", STYLE)
}

/// `GET /`: what is in the box.
pub(crate) fn start() -> Reply {
    let body = "<p>Qui stanno i sistemi che lo Sportello Lavoro raggiunge via rete.</p><ul>\
        <li><a href=\"/spid/.well-known/openid-configuration\">Accesso SPID</a></li>\
        <li><a href=\"/cie/.well-known/openid-configuration\">Accesso CIE</a></li>\
        <li><a href=\"/registro/persone\">Registro dei rapporti di lavoro</a></li>\
        <li><a href=\"/messaggi\">Messaggi ricevuti dalle persone</a></li></ul>";
    Reply::page(200, page("Il mondo esterno in una scatola", "", body), "")
}

/// The sign-in page: who, and how the provider should answer.
pub(crate) fn sign_in(path: &str, scheme: &str, transaction: &str, level: u8, app: &str) -> Reply {
    let mut body = format!(
        "<p>Scegli una persona inventata. Lo Sportello Lavoro riceve i suoi dati, come con {scheme}.</p>\
         <form method=\"post\" action=\"/{path}/scelta\">\
         <input type=\"hidden\" name=\"transazione\" value=\"{}\">\
         <fieldset><legend>Livello di sicurezza</legend>",
        escape(transaction)
    );
    for choice in 1..=3 {
        let checked = if choice == level { " checked" } else { "" };
        let _ = write!(
            body,
            "<label class=\"scelta\"><input type=\"radio\" name=\"livello\" value=\"{choice}\"{checked}> Livello {choice}</label>"
        );
    }
    body.push_str(
        "</fieldset><label class=\"scelta\"><input type=\"checkbox\" name=\"ritardo\" value=\"si\"> \
         Rispondi in ritardo (8 secondi)</label><h2>Entra come</h2><ul class=\"persone\">",
    );
    for person in PEOPLE {
        let _ = write!(
            body,
            "<li><button name=\"persona\" value=\"{}\"><strong>{}</strong> <span>{}</span></button></li>",
            person.codice_fiscale,
            escape(&person.name()),
            escape(person.situazione)
        );
    }
    body.push_str(
        "</ul><h2>Oppure</h2><p class=\"altro\"><button name=\"esito\" value=\"rifiuta\">Rifiuta il consenso</button> \
         <button name=\"esito\" value=\"errore\">Errore del server</button></p></form>",
    );
    Reply::page(200, page(&format!("Entra con {scheme}"), path, &body), app)
}

/// A request that cannot be answered to the app.
pub(crate) fn refusal(scheme: &str, error: &str, why: &str) -> Reply {
    let body = format!(
        "<p>La richiesta di accesso non è valida.</p><p><code>{}</code>: {}</p>",
        escape(error),
        escape(why)
    );
    Reply::page(
        400,
        page(&format!("Accesso {scheme} non riuscito"), "", &body),
        "",
    )
}

/// `GET /messaggi`: everybody, with how many messages they have.
pub(crate) fn inboxes(count: impl Fn(&Person) -> usize) -> Reply {
    let mut body = String::from("<ul>");
    for person in PEOPLE {
        let _ = write!(
            body,
            "<li><a href=\"/messaggi/persona/{}\">{}</a>: {} messaggi</li>",
            person.codice_fiscale,
            escape(&person.name()),
            count(person)
        );
    }
    body.push_str("</ul>");
    Reply::page(200, page("Messaggi", "", &body), "")
}

/// One message as the inbox page shows it.
pub(crate) struct Shown<'a> {
    pub(crate) subject: &'a str,
    pub(crate) markdown: &'a str,
    pub(crate) received: &'a str,
    pub(crate) due: Option<&'a str>,
}

/// `GET /messaggi/persona/{cf}`: the messages of one person, newest first.
pub(crate) fn inbox(person: &Person, messages: &[Shown]) -> Reply {
    let mut body = String::from("<p><a href=\"/messaggi\">Tutte le persone</a></p>");
    if messages.is_empty() {
        body.push_str("<p>Nessun messaggio.</p>");
    }
    for message in messages {
        let _ = write!(
            body,
            "<article><h2>{}</h2><p>Ricevuto: <time datetime=\"{received}\">{received}</time></p>",
            escape(message.subject),
            received = escape(message.received),
        );
        if let Some(due) = message.due {
            let _ = write!(
                body,
                "<p>Scadenza: <time datetime=\"{due}\">{due}</time></p>",
                due = escape(due)
            );
        }
        for paragraph in message.markdown.split("\n\n") {
            let _ = write!(body, "<p class=\"testo\">{}</p>", escape(paragraph.trim()));
        }
        body.push_str("</article>");
    }
    Reply::page(
        200,
        page(&format!("Messaggi di {}", person.name()), "", &body),
        "",
    )
}

/// `GET /registro/persone`: whom the registry knows.
pub(crate) fn registered() -> Reply {
    let mut body = String::from("<ul>");
    for person in PEOPLE {
        let _ = write!(
            body,
            "<li><a href=\"/registro/persone/{0}\">{1}</a> ({0}): {2}</li>",
            person.codice_fiscale,
            escape(&person.name()),
            escape(person.situazione)
        );
    }
    body.push_str("</ul>");
    Reply::page(200, page("Registro dei rapporti di lavoro", "", &body), "")
}

fn page(title: &str, class: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html><html lang=\"it\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Ambiente di prova</title><link rel=\"stylesheet\" href=\"/stile.css\">\
         </head><body class=\"{class}\">\
         <header role=\"banner\"><p>Ambiente di prova: nessun dato è reale</p></header>\
         <main><h1>{title}</h1>{body}</main></body></html>"
    )
}

/// Text made safe inside elements and quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_app_sends_cannot_become_markup() {
        assert_eq!(escape("<b a=\"'&\">"), "&lt;b a=&quot;&#39;&amp;&quot;&gt;");
    }
}
