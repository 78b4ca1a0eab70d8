//! nginx as a reverse proxy, with connections to the vendor that are kept open.

use std::fs::{self, Permissions};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Where it is on Debian, for whoever has no `sbin` on the PATH.
const PLACES: [&str; 2] = ["nginx", "/usr/sbin/nginx"];

/// A running nginx, with all that it writes in a folder of its own. Dropping it stops it.
#[derive(Debug)]
pub(super) struct Nginx {
    master: Child,
    folder: TempDir,
}

impl Nginx {
    /// Starts it on the address, in front of the vendor.
    pub(super) fn start(listen: SocketAddr, vendor: SocketAddr) -> Self {
        let folder = tempfile::Builder::new().prefix("kyc-nginx-").tempdir().unwrap();
        // Started by root, the workers are somebody else.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().join("nginx.conf");
        fs::write(&path, configuration(folder.path(), listen, vendor)).unwrap();
        let master = PLACES.iter().find_map(|program| {
            Command::new(program)
                .arg("-p")
                .arg(folder.path())
                .arg("-c")
                .arg(&path)
                .stdin(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        Self { master: master.expect("nginx starts"), folder }
    }

    /// The process that all workers descend from.
    pub(super) fn id(&self) -> u32 {
        self.master.id()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The workers end with a master that is asked to stop, not with one that is killed.
        let _ = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        let _ = self.master.wait();
        let _ = self.folder.path();
    }
}

/// As a careful operator would for this purpose: no log of accesses, connections kept on both sides.
fn configuration(folder: &Path, listen: SocketAddr, vendor: SocketAddr) -> String {
    let folder = folder.display();
    format!(
        "daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream vendor {{ server {vendor}; keepalive 512; keepalive_requests 1000000000; }}
  server {{
    listen {listen} backlog=4096;
    location / {{
      proxy_pass http://vendor;
      proxy_http_version 1.1;
      proxy_set_header Connection \"\";
    }}
  }}
}}
"
    )
}
