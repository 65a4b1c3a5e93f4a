//! The program: everything is in the library.

use std::process::ExitCode;

/// Thousands of small strings in many threads are where the system's allocator loses most time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    feedloom::cli::main()
}
