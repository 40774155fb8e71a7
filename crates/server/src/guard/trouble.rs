//! Reads the client's errors: what happened stands somewhere down their chain of causes.

use std::{error::Error, io};

use super::error::GuardError;

/// What this error says happened with a host.
pub(super) fn read(error: &reqwest::Error, host: &str) -> GuardError {
    let host = host.to_owned();
    let mut timed_out = error.is_timeout();
    for cause in causes(error) {
        if let Some(own) = cause.downcast_ref::<GuardError>() {
            return own.clone();
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return GuardError::Tls { host, why: tls.to_string() };
        }
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            if let Some(tls) = tls_within(io) {
                return GuardError::Tls { host, why: tls.to_string() };
            }
            match io.kind() {
                io::ErrorKind::ConnectionRefused => return GuardError::Refused { host },
                io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::AddrNotAvailable => return GuardError::Unreachable { host },
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => return GuardError::Cut { host },
                io::ErrorKind::TimedOut => timed_out = true,
                _ => {}
            }
        }
        if let Some(http) = cause.downcast_ref::<hyper::Error>() {
            if http.is_incomplete_message() {
                return GuardError::Cut { host };
            }
            if http.is_parse() || http.is_parse_too_large() {
                return GuardError::BadResponse { host };
            }
            timed_out |= http.is_timeout();
        }
    }
    if timed_out {
        GuardError::TimedOut { host }
    } else if error.is_connect() {
        GuardError::Unreachable { host }
    } else {
        GuardError::BadResponse { host }
    }
}

/// TLS errors come as the inside of I/O errors, which do not count what they hold as their cause; sometimes twice.
fn tls_within(mut io: &io::Error) -> Option<&rustls::Error> {
    loop {
        let inner = io.get_ref()?;
        match inner.downcast_ref::<io::Error>() {
            Some(next) => io = next,
            None => return inner.downcast_ref(),
        }
    }
}

/// The innermost cause, which names no address.
pub(super) fn root(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| "unknown".to_owned(), ToString::to_string)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}
