//! `email` over TLS: a front with a certificate before the mail server, from the first byte on or after STARTTLS.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};
use server::effects::mail::{Mail, send};
use simulator::provider::smtp::Smtp;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::bed::{Bed, done, failed};

const HOST: &str = "mail.shop.kr";
const MAIL: Mail<'static> =
    Mail { to: "kim@example.kr", reply_to: "", subject: "안녕", body: "<p>안녕</p>" };

/// A front for a mail server: its port, and its certificate.
async fn front(behind: u16, starttls: bool) -> (u16, Vec<u8>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([HOST.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Who hangs up, or does not trust the certificate, has nobody left to tell.
            tokio::spawn(serve(stream, acceptor.clone(), behind, starttls));
        }
    });
    (port, cert.der().to_vec())
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, behind: u16, starttls: bool) -> std::io::Result<()> {
    let mut server = BufReader::new(TcpStream::connect(("127.0.0.1", behind)).await?);
    let stream = if starttls {
        let mut client = BufReader::new(stream);
        // The mail server's greeting is said before TLS, and once.
        let mut greeting = String::new();
        server.read_line(&mut greeting).await?;
        client.get_mut().write_all(greeting.as_bytes()).await?;
        loop {
            let mut line = String::new();
            if client.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let reply = match line.trim().split(' ').next() {
                Some("EHLO") => "250-front\r\n250 STARTTLS\r\n",
                Some("STARTTLS") => "220 2.0.0 Ready\r\n",
                _ => "530 5.7.0 Must issue a STARTTLS command first\r\n",
            };
            client.get_mut().write_all(reply.as_bytes()).await?;
            if line.starts_with("STARTTLS") {
                break client.into_inner();
            }
        }
    } else {
        stream
    };
    let mut secure = acceptor.accept(stream).await?;
    copy_bidirectional(&mut secure, &mut server).await.map(|_| ())
}

fn settings(port: u16, security: &str) -> Value {
    json!({"host": HOST, "port": port, "security": security, "user": "shop", "password": "correct-horse",
        "from": "shop@example.kr"})
}

#[tokio::test]
async fn the_password_and_the_mail_go_through_tls() {
    for (starttls, security) in [(false, "tls"), (true, "starttls")] {
        let smtp = Smtp::start(Some(("shop", "correct-horse"))).await.expect("listens");
        let (port, certificate) = front(smtp.port(), starttls).await;
        let bed = Bed::trusting(HOST, Some(certificate));
        done(send(&bed.call(), &settings(port, security), &MAIL).await);
        let letter = smtp.letters().remove(0);
        assert_eq!(
            (letter.user.as_deref(), letter.header("subject").as_deref()),
            (Some("shop"), Some("안녕"))
        );
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_password() {
    for (starttls, security) in [(false, "tls"), (true, "starttls")] {
        let smtp = Smtp::start(Some(("shop", "correct-horse"))).await.expect("listens");
        let (port, _) = front(smtp.port(), starttls).await;
        let bed = Bed::trusting(HOST, None);
        let (name, message, _) = failed(send(&bed.call(), &settings(port, security), &MAIL).await);
        assert_eq!(name, "TlsError", "{message}");
        assert!(smtp.commands().is_empty() && smtp.letters().is_empty(), "{:?}", smtp.commands());
        // Nor where another certificate is vouched for.
        let other = front(smtp.port(), starttls).await.1;
        let (name, ..) =
            failed(send(&Bed::trusting(HOST, Some(other)).call(), &settings(port, security), &MAIL).await);
        assert_eq!(name, "TlsError");
    }
}
