//! The company's departments, and how it names its machines.

use std::collections::HashMap;

use super::machine::Device;

/// The departments, as their groups are called.
pub const DEPARTMENTS: [&str; 7] = [
    "Accounting",
    "Design",
    "Front desk",
    "Lab",
    "Sales, EMEA",
    "Servers",
    "Warehouse",
];

pub const WINDOWS_10: Device = device("DESKTOP", "Microsoft Windows 10 Pro", "vncserver/6.11.0");
pub const WINDOWS_11: Device = device("DESKTOP", "Microsoft Windows 11 Pro", "vncserver/7.13.1");
pub const LAPTOP_10: Device = device("LAPTOP", "Microsoft Windows 10 Enterprise", "vncserver/7.8.0");
pub const LAPTOP_11: Device = device("LAPTOP", "Microsoft Windows 11 Enterprise", "vncserver/7.13.1");
pub const SERVER_2019: Device = device("SERVER", "Microsoft Windows Server 2019", "vncserver/7.5.1");
pub const SERVER_2022: Device = device("SERVER", "Microsoft Windows Server 2022", "vncserver/7.12.0");
pub const MAC_15: Device = device("DESKTOP", "macOS 15.1", "vncserver/7.13.1");
pub const MAC_13: Device = device("DESKTOP", "macOS 13.6.9", "vncserver/7.6.0");
pub const UBUNTU: Device = device("DESKTOP", "Ubuntu 24.04.1 LTS", "vncserver/7.13.1");
pub const UBUNTU_SERVER: Device = device("SERVER", "Ubuntu 22.04.5 LTS", "vncserver/7.11.0");
pub const PI: Device = device("DESKTOP", "Raspberry Pi OS 12 (bookworm)", "vncserver/7.12.0");
pub const PHONE: Device = device("PHONE", "iOS 18.1", "vncmobile/4.9.1");
pub const TABLET: Device = device("TABLET", "Android 14", "vncmobile/4.9.1");
/// A form that no list of forms has.
pub const SIGNAGE: Device = device("SIGNAGE_PLAYER", "Debian GNU/Linux 12", "vncserver/7.12.0");

const fn device(form: &'static str, os: &'static str, agent: &'static str) -> Device {
    Device { form, os, agent }
}

/// A series of like machines, named alike.
#[derive(Debug)]
pub struct Series {
    /// The name up to the number.
    pub prefix: &'static str,
    /// How many digits the number has at least.
    pub digits: usize,
    /// Whose machines they are.
    pub department: &'static str,
    /// What they may be.
    pub devices: &'static [Device],
    /// How many of a hundred machines are of this series, about.
    pub share: usize,
}

pub const ACCOUNTING_LAPTOPS: Series = series("ACC-LT-", 3, "Accounting", &[LAPTOP_11, LAPTOP_10], 14);
pub const DESIGN_MACS: Series = series("DSN-IMAC-", 2, "Design", &[MAC_15, MAC_13], 8);
pub const LAB_STATIONS: Series = series("LAB-WS-", 2, "Lab", &[WINDOWS_11, UBUNTU], 9);
pub const FRONT_DESKS: Series = series("FRONTDESK-", 2, "Front desk", &[WINDOWS_10, WINDOWS_11], 7);
pub const SALES_LAPTOPS: Series = series("SALES-LT-", 3, "Sales, EMEA", &[LAPTOP_11], 16);
pub const SCANNERS: Series = series("WH-SCAN-", 2, "Warehouse", &[WINDOWS_10], 8);

/// All series.
pub const SERIES: [Series; 12] = [
    ACCOUNTING_LAPTOPS,
    series("ACC-PC-", 3, "Accounting", &[WINDOWS_11, WINDOWS_10], 8),
    DESIGN_MACS,
    series("design-mbp-", 2, "Design", &[MAC_15], 5),
    LAB_STATIONS,
    series("lab-ubuntu-", 2, "Lab", &[UBUNTU], 6),
    FRONT_DESKS,
    SALES_LAPTOPS,
    series("SRV-FILE-", 2, "Servers", &[SERVER_2019, SERVER_2022], 4),
    series("srv-web-", 2, "Servers", &[UBUNTU_SERVER], 4),
    SCANNERS,
    series("warehouse-pi-", 2, "Warehouse", &[PI], 11),
];

const fn series(
    prefix: &'static str,
    digits: usize,
    department: &'static str,
    devices: &'static [Device],
    share: usize,
) -> Series {
    Series {
        prefix,
        digits,
        department,
        devices,
        share,
    }
}

/// Counts the machines of each series, so that no name is given twice.
#[derive(Debug, Default)]
pub struct Namer {
    given: HashMap<&'static str, usize>,
}

impl Namer {
    /// Returns the next name of a series.
    pub fn next(&mut self, series: &Series) -> String {
        let number = self.given.entry(series.prefix).or_default();
        *number += 1;
        format!("{}{number:0width$}", series.prefix, width = series.digits)
    }
}
