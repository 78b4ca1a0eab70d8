//! Whether the database takes changes.

use crate::work::{Command, Stop, Work};

/// Does all that a change needs and changes nothing: a value is written once more as it is, and made durable.
pub(crate) struct Probe;

impl Command for Probe {
    type Reply = ();

    async fn run(&self, work: &mut Work<'_>) -> Result<(), Stop> {
        let instance = work.shared.options.instance.as_str();
        work.run("UPDATE instances SET epoch = epoch WHERE instance = $1", &[instance.into()]).await?;
        Ok(())
    }
}
