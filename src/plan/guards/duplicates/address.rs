//! Hardware addresses: what they tell about a machine, and which of them tell nothing.

/// What begins an address that belongs to a program and not to a machine, though it looks like a manufacturer's.
const OF_PROGRAMS: [[u8; 3]; 11] = [
    [0x00, 0x05, 0x69], // VMware
    [0x00, 0x0c, 0x29], // VMware
    [0x00, 0x1c, 0x14], // VMware
    [0x00, 0x50, 0x56], // VMware
    [0x08, 0x00, 0x27], // VirtualBox
    [0x00, 0x15, 0x5d], // Hyper-V
    [0x00, 0x16, 0x3e], // Xen
    [0x00, 0x1c, 0x42], // Parallels
    [0x00, 0x05, 0x9a], // Cisco AnyConnect
    [0x00, 0x09, 0x0f], // Fortinet
    [0x00, 0x53, 0x45], // WAN Miniport of Windows
];

/// A hardware address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address([u8; 6]);

impl Address {
    /// Reads an address in any usual form. What no machine can have, such as all zeros, is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 6];
        let mut digits = text.trim().chars().filter(|c| !":-. ".contains(*c));
        for byte in &mut bytes {
            let (high, low) = (digits.next()?.to_digit(16)?, digits.next()?.to_digit(16)?);
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        let is_group = bytes[0] & 1 == 1;
        (digits.next().is_none() && !is_group && bytes != [0; 6]).then_some(Self(bytes))
    }

    /// Reads those of a record, each once.
    pub fn all(texts: &[String]) -> Vec<Self> {
        let mut all: Vec<Self> = texts.iter().filter_map(|text| Self::parse(text)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Tells whether a program made the address up, such as a virtual machine's, a VPN's, or one that is chosen anew for
    /// each network: it may be that of several machines.
    pub fn is_virtual(self) -> bool {
        let locally_administered = self.0[0] & 2 == 2;
        // TAP-Windows makes up all that follows.
        let tap = self.0.starts_with(&[0x00, 0xff]);
        locally_administered || tap || OF_PROGRAMS.iter().any(|start| self.0.starts_with(start))
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes: Vec<String> = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        f.write_str(&bytes.join(":"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_any_usual_form() {
        for text in [
            "e8-6a-64-00-00-98",
            "E8:6A:64:00:00:98",
            "e86a.6400.0098",
            " e86a64000098 ",
        ] {
            assert_eq!(
                Address::parse(text).unwrap().to_string(),
                "e8:6a:64:00:00:98",
                "{text}"
            );
        }
    }

    #[test]
    fn what_no_machine_can_have_is_no_address() {
        for text in [
            "",
            "none",
            "00:00:00:00:00:00",
            "ff:ff:ff:ff:ff:ff",
            "01:00:5e:00:00:01",
            "e8:6a:64:00:00",
            "e8:6a:64:00:00:98:01",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_of_programs_are_told_from_those_of_machines() {
        let is_virtual = |text| Address::parse(text).unwrap().is_virtual();
        for text in [
            "00:50:56:12:34:56",
            "08:00:27:12:34:56",
            "00:15:5d:12:34:56",
            "52:54:00:12:34:56",
            "02:42:ac:11:00:02",
            "00:ff:12:34:56:78",
            "00:05:9a:3c:7a:00",
        ] {
            assert!(is_virtual(text), "{text}");
        }
        for text in ["e8:6a:64:00:00:98", "00:1b:21:12:34:56", "3c:22:fb:12:34:56"] {
            assert!(!is_virtual(text), "{text}");
        }
    }
}
