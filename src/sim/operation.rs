//! The operations of a vendor as one table: name, method and path.

use std::fmt::Debug;
use std::hash::Hash;

use axum::http::Method;

/// An operation of some vendor.
pub trait Operation: Copy + Debug + Eq + Hash + Send + Sync + 'static {
    /// Returns all operations.
    fn all() -> &'static [Self];
    /// Returns the name, by which faults find it.
    fn id(self) -> &'static str;
    /// Returns the HTTP method.
    fn method(self) -> Method;
    /// Returns the path, with parameters in braces.
    fn path(self) -> &'static str;
    /// Tells whether the operation changes anything.
    fn writes(self) -> bool;
}

/// Makes the enum of a vendor's operations out of their table. Which of them write is a method that the vendor adds.
macro_rules! operations {
    (
        $(#[$about:meta])*
        $all:ident: $count:literal;
        $($(#[$doc:meta])* $name:ident = $id:literal, $method:ident $path:literal;)*
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $all {
            $($(#[$doc])* $name,)*
        }

        impl $all {
            /// All operations, in the vendor's order.
            pub const ALL: [Self; $count] = [$(Self::$name,)*];

            /// Returns the name of the operation.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns the HTTP method.
            pub fn method(self) -> axum::http::Method {
                match self { $(Self::$name => axum::http::Method::$method,)* }
            }

            /// Returns the path, with parameters in braces.
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }

        impl $crate::sim::operation::Operation for $all {
            fn all() -> &'static [Self] {
                &Self::ALL
            }

            fn id(self) -> &'static str {
                self.id()
            }

            fn method(self) -> axum::http::Method {
                self.method()
            }

            fn path(self) -> &'static str {
                self.path()
            }

            fn writes(self) -> bool {
                self.writes()
            }
        }

        impl From<$all> for &'static str {
            fn from(operation: $all) -> Self {
                operation.id()
            }
        }
    };
}

pub(in crate::sim) use operations;
