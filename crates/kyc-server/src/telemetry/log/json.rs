//! A line of the log as one JSON object: when, how grave, what, and the request that it belongs to.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

/// Writes such lines. The fields of a span are kept as JSON and stand in each of its lines as they are, so the layer's
/// fields have to be formatted as JSON.
#[derive(Debug)]
pub(super) struct JsonLine;

impl<S, F> FormatEvent<S, F> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    F: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, F>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut line = Line(Vec::with_capacity(512));
        line.begin();
        line.member("timestamp", &format_args!("{:.6}", Timestamp::now()));
        line.member("level", &event.metadata().level().as_str());
        event.record(&mut line);
        line.member("target", &event.metadata().target());
        if let Some(span) = context.lookup_current() {
            line.name("span");
            line.begin();
            line.member("name", &span.name());
            let extensions = span.extensions();
            let fields = extensions.get::<FormattedFields<F>>().map_or("", |fields| &fields.fields);
            line.members(fields);
            line.end();
        }
        line.end();
        writer.write_str(str::from_utf8(&line.0).map_err(|_| fmt::Error)?)?;
        writer.write_char('\n')
    }
}

/// A line that grows.
struct Line(Vec<u8>);

impl Line {
    fn begin(&mut self) {
        self.0.push(b'{');
    }

    fn end(&mut self) {
        self.0.push(b'}');
    }

    /// The name of what follows.
    fn name(&mut self, name: &str) {
        if self.0.last() != Some(&b'{') {
            self.0.push(b',');
        }
        self.value(name);
        self.0.push(b':');
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        let length = self.0.len();
        // Memory takes everything; what cannot be written as JSON is left out.
        if serde_json::to_writer(&mut self.0, value).is_err() {
            self.0.truncate(length);
            self.0.extend_from_slice(b"null");
        }
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.name(name);
        self.value(value);
    }

    /// All members of an object that is JSON already.
    fn members(&mut self, object: &str) {
        let members =
            object.strip_prefix('{').and_then(|object| object.strip_suffix('}')).unwrap_or_default();
        if !members.is_empty() {
            self.0.push(b',');
            self.0.extend_from_slice(members.as_bytes());
        }
    }
}

impl Visit for Line {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.member(field.name(), &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.member(field.name(), &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.member(field.name(), &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.member(field.name(), &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.member(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.member(field.name(), &format_args!("{value:?}"));
    }
}
