//! Paths as programs on other machines understand them.

use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in a segment of a URI as it is (RFC 3986, unreserved).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path relative to `working_directory` if it is in it, with forward slashes.
pub(super) fn relative(name: &str, working_directory: &Path) -> String {
    segments(name, working_directory).join("/")
}

/// The same as a reference of a URI (RFC 3986): relative, or with the scheme `file` if the path is not in the folder.
pub(super) fn uri(name: &str, working_directory: &Path) -> String {
    let segments = segments(name, working_directory);
    let encoded: Vec<_> =
        segments.iter().map(|segment| utf8_percent_encode(segment, SEGMENT).to_string()).collect();
    let path = encoded.join("/");
    if Path::new(&segments.join("/")).is_absolute() { format!("file://{path}") } else { path }
}

/// The parts between slashes; of an absolute path the first one is empty.
fn segments(name: &str, working_directory: &Path) -> Vec<String> {
    let path = Path::new(name);
    let path = path.strip_prefix(working_directory).unwrap_or(path);
    let parts = path.components().filter_map(|component| match component {
        Component::CurDir => None,
        Component::RootDir => Some(String::new()),
        part => Some(part.as_os_str().to_string_lossy().into_owned()),
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_where_they_can_be() {
        let here = Path::new("/srv/shop");
        for (name, path, as_uri) in [
            ("policies/shop.yaml", "policies/shop.yaml", "policies/shop.yaml"),
            ("./policies/./shop.yaml", "policies/shop.yaml", "policies/shop.yaml"),
            ("/srv/shop/policies/shop.yaml", "policies/shop.yaml", "policies/shop.yaml"),
            ("../policies/shop.yaml", "../policies/shop.yaml", "../policies/shop.yaml"),
            ("/etc/policies/shop.yaml", "/etc/policies/shop.yaml", "file:///etc/policies/shop.yaml"),
            ("a b/50%:ž,#.yaml", "a b/50%:ž,#.yaml", "a%20b/50%25%3A%C5%BE%2C%23.yaml"),
        ] {
            assert_eq!(relative(name, here), path);
            assert_eq!(uri(name, here), as_uri);
        }
    }
}
