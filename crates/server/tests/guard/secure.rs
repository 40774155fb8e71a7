//! https: who is trusted, who is not, and no way back to http.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use server::guard::{Guard, Names};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::upstream::{PUBLIC, Upstream, get, guard_with, moved, names, ok};

/// A server with a certificate for this name; its port, and the certificate.
async fn secure(name: &str, answer: String) -> (u16, Vec<u8>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let ring = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((PUBLIC, 0)).await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, answer) = (acceptor.clone(), answer.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    (port, cert.der().to_vec())
}

fn trusting(certificate: &[u8]) -> Guard {
    guard_with(names(&[("good.kr", &[&[PUBLIC]]), ("other.kr", &[&[PUBLIC]])]), |options| {
        options.trusted = vec![certificate.to_vec()];
    })
}

#[tokio::test]
async fn a_trusted_name_is_called_and_no_other() {
    let (port, certificate) = secure("good.kr", ok("safe")).await;
    let guard = trusting(&certificate);
    let response = get(&guard, &format!("https://good.kr:{port}/")).await.expect("is trusted");
    assert_eq!(&response.body[..], b"safe");
    let error =
        get(&guard, &format!("https://other.kr:{port}/")).await.expect_err("is another's certificate");
    assert_eq!(error.name(), "TlsError", "{error:?}");
    let stranger = guard_with(names(&[("good.kr", &[&[PUBLIC]])]), |_| {});
    let error = get(&stranger, &format!("https://good.kr:{port}/")).await.expect_err("is not trusted");
    assert_eq!(error.name(), "TlsError", "{error:?}");
    assert!(error.to_string().contains("good.kr"), "{error}");
    let private = guard_with(Names::System, |options| options.allow.clear());
    let error = get(&private, &format!("https://{PUBLIC}:{port}/")).await.expect_err("is not public");
    assert_eq!(error.name(), "PrivateAddress");
}

#[tokio::test]
async fn https_does_not_fall_back_to_http() {
    let plain = Upstream::says(PUBLIC, ok("in the open")).await;
    let (port, certificate) = secure("good.kr", moved(302, &plain.at("good.kr", "/"))).await;
    let error =
        get(&trusting(&certificate), &format!("https://good.kr:{port}/")).await.expect_err("would be open");
    assert_eq!((error.name(), plain.came()), ("InsecureRedirect", 0));
    // The other way is a usual one.
    let (port, certificate) = secure("good.kr", ok("safe")).await;
    let upgrade = Upstream::says(PUBLIC, moved(301, &format!("https://good.kr:{port}/"))).await;
    let response = get(&trusting(&certificate), &upgrade.at("good.kr", "/")).await.expect("is followed");
    assert_eq!(response.url, format!("https://good.kr:{port}/"));
}
