//! Which addresses the product may dial.
//!
//! Everything that is not plainly a public unicast address is refused. Forms that carry an IPv4 address inside an IPv6
//! one (mapped, compatible, 6to4, NAT64, Teredo) are refused whatever they carry: a server that has a reason to use
//! them has real addresses too, and a private one inside would be dialled by whoever translates on the way.
//!
//! Source: IANA's special-purpose address registries (RFC 6890 and what was added since), and one address of a cloud
//! that looks public and is not.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// Why an address may not be dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of a private network.
    Private,
    /// This machine.
    Loopback,
    /// This network segment; clouds answer there with their machines' keys.
    LinkLocal,
    /// No address at all.
    Unspecified,
    /// Between a provider and its customers (CGNAT).
    Shared,
    /// For examples in books.
    Documentation,
    /// For measuring devices.
    Benchmarking,
    /// To many at once.
    Multicast,
    /// To all of a network.
    Broadcast,
    /// An IPv4 address in IPv6 clothes.
    Translated,
    /// The host beneath a cloud's machine.
    CloudHost,
    /// Set aside for other things.
    Reserved,
}

/// IPv4: network, length of its prefix, what it is. The first that holds the address counts.
const V4: &[([u8; 4], u32, Kind)] = &[
    ([0, 0, 0, 0], 32, Kind::Unspecified),
    ([0, 0, 0, 0], 8, Kind::Reserved),
    ([10, 0, 0, 0], 8, Kind::Private),
    ([100, 64, 0, 0], 10, Kind::Shared),
    ([127, 0, 0, 0], 8, Kind::Loopback),
    // Azure's machines reach their host's agent here, which hands out certificates and keys.
    ([168, 63, 129, 16], 32, Kind::CloudHost),
    ([169, 254, 0, 0], 16, Kind::LinkLocal),
    ([172, 16, 0, 0], 12, Kind::Private),
    ([192, 0, 0, 0], 24, Kind::Reserved),
    ([192, 0, 2, 0], 24, Kind::Documentation),
    ([192, 88, 99, 0], 24, Kind::Translated),
    ([192, 168, 0, 0], 16, Kind::Private),
    ([198, 18, 0, 0], 15, Kind::Benchmarking),
    ([198, 51, 100, 0], 24, Kind::Documentation),
    ([203, 0, 113, 0], 24, Kind::Documentation),
    ([224, 0, 0, 0], 4, Kind::Multicast),
    ([255, 255, 255, 255], 32, Kind::Broadcast),
    ([240, 0, 0, 0], 4, Kind::Reserved),
];

/// IPv6, in the same way; whatever stands in none of these must be of 2000::/3, the only public unicast range.
const V6: &[([u16; 8], u32, Kind)] = &[
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, Kind::Unspecified),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, Kind::Loopback),
    ([0, 0, 0, 0, 0, 0, 0, 0], 96, Kind::Translated),
    ([0, 0, 0, 0, 0, 0xffff, 0, 0], 96, Kind::Translated),
    ([0, 0, 0, 0, 0xffff, 0, 0, 0], 96, Kind::Translated),
    ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96, Kind::Translated),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, Kind::Translated),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, Kind::Reserved),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, Kind::Translated),
    ([0x2001, 2, 0, 0, 0, 0, 0, 0], 48, Kind::Benchmarking),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, Kind::Documentation),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, Kind::Reserved),
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16, Kind::Translated),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, Kind::Documentation),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, Kind::Private),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, Kind::LinkLocal),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, Kind::Private),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, Kind::Multicast),
];

/// Why this address may not be dialled; `None` for a public one.
pub fn refused(address: IpAddr) -> Option<Kind> {
    match address {
        IpAddr::V4(address) => refused_v4(address),
        IpAddr::V6(address) => refused_v6(address),
    }
}

fn refused_v4(address: Ipv4Addr) -> Option<Kind> {
    let bits = u32::from(address);
    V4.iter()
        .find(|(network, length, _)| {
            let network = u32::from_be_bytes(*network);
            (bits ^ network).checked_shr(32 - length).unwrap_or(0) == 0
        })
        .map(|(_, _, kind)| *kind)
}

fn refused_v6(address: Ipv6Addr) -> Option<Kind> {
    let bits = u128::from(address);
    let listed = V6.iter().find(|(network, length, _)| {
        let network = u128::from(Ipv6Addr::from(*network));
        (bits ^ network).checked_shr(128 - length).unwrap_or(0) == 0
    });
    match listed {
        Some((_, _, kind)) => Some(*kind),
        None if bits >> 125 == 0b001 => None,
        None => Some(Kind::Reserved),
    }
}

impl Kind {
    /// In Korean.
    pub fn ko(self) -> &'static str {
        match self {
            Self::Private => "사설망",
            Self::Loopback => "이 컴퓨터",
            Self::LinkLocal => "같은 망 안",
            Self::Unspecified => "빈 주소",
            Self::Shared => "통신사 내부",
            Self::Documentation => "문서 예시용",
            Self::Benchmarking => "성능 측정용",
            Self::Multicast => "멀티캐스트",
            Self::Broadcast => "브로드캐스트",
            Self::Translated => "IPv4 변환",
            Self::CloudHost => "클라우드 호스트",
            Self::Reserved => "예약된 주소",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Private => "private network",
            Self::Loopback => "loopback",
            Self::LinkLocal => "link-local",
            Self::Unspecified => "unspecified",
            Self::Shared => "shared by a provider",
            Self::Documentation => "documentation",
            Self::Benchmarking => "benchmarking",
            Self::Multicast => "multicast",
            Self::Broadcast => "broadcast",
            Self::Translated => "translated IPv4",
            Self::CloudHost => "host of a cloud machine",
            Self::Reserved => "reserved",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_refused_up_to_its_edges() {
        for (inside, outside) in [
            ("10.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("127.255.255.254", "128.0.0.1"),
            ("169.254.169.254", "169.253.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("192.0.0.192", "192.0.1.1"),
            ("192.0.2.1", "192.0.3.1"),
            ("192.168.0.0", "192.167.255.255"),
            ("198.19.255.255", "198.20.0.0"),
            ("198.51.100.7", "198.51.101.0"),
            ("203.0.113.255", "203.0.114.0"),
            ("224.0.0.1", "223.255.255.255"),
            ("255.255.255.255", "8.8.8.8"),
            ("168.63.129.16", "168.63.129.17"),
            ("2001:1ff:ffff::1", "2001:200::1"),
            ("2001:db8:ffff::", "2001:db9::"),
            ("2002:808:808::", "2003::1"),
            ("3fff:fff::1", "3fff:1000::"),
            ("4000::", "2400:cb00::1"),
        ] {
            assert!(refused(inside.parse().expect("an address")).is_some(), "{inside}");
            assert_eq!(refused(outside.parse().expect("an address")), None, "{outside}");
        }
    }
}
