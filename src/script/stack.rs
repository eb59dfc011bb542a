//! A stack that is large enough for what rhai does by recursion: parsing, walking and running.

use std::io;
use std::thread;

/// The stack of the thread that scripts are parsed and run on: enough for all the call levels and nested expressions
/// that the engine allows.
pub const STACK_BYTES: usize = 64 << 20;

/// Does some work on a thread with [`STACK_BYTES`] of stack, and waits for it.
///
/// A panic of the work is an error too; it is a bug of the program, since no script can cause one.
pub fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|threads| {
        let thread = thread::Builder::new()
            .name("script".to_owned())
            .stack_size(STACK_BYTES);
        thread.spawn_scoped(threads, work)?.join().map_err(|_| {
            io::Error::other("the program itself failed while it dealt with the script; this is a bug")
        })
    })
}
