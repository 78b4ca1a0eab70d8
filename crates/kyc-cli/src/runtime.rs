//! The runtimes under the commands that talk over the network.

use std::future::Future;

use crate::error::CommandError;

/// Runs `future` to its end on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, CommandError>>) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CommandError::usage(format!("cannot set networking up: {error}")))?;
    runtime.block_on(future)
}

/// Runs `future` to its end, on as many threads as the machine has.
pub(crate) fn block_on_threads<T>(
    future: impl Future<Output = Result<T, CommandError>>,
) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CommandError::usage(format!("cannot set networking up: {error}")))?;
    runtime.block_on(future)
}
