//! The vendor's answer to a request of the policy that is measured, as the stand-in of the workspace gives it.

use std::process::Command;

use kyc_sandbox::Sandbox;
use serde_json::Value;

use crate::binary::{ROOT, kyc};
use crate::people::POLICY;
use crate::service::{API_KEY, API_SECRET};

/// A token and a reference as long as the vendor's; the zeros become the number of the session.
const TOKEN: &str = "pgYQX0z2T8mtcpNj9I20uWVCLKNu000000000000";
const SCAN_REF: &str = "7ad4c2ad-8da6-4a1f-9f0b-000000000000";

/// Asks once, and gives the answer with a place for the number of the session.
pub(super) async fn recorded_answer() -> Vec<u8> {
    let sandbox = Sandbox::builder().credentials(API_KEY, API_SECRET).build().start().await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .post(format!("{}/api/v2/token", sandbox.base_url()))
        .basic_auth(API_KEY, Some(API_SECRET))
        .header("content-type", "application/json")
        .body(request())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    sandbox.shutdown().await;
    let read: Value = serde_json::from_str(&answer).unwrap();
    let [token, scan_ref] =
        ["authToken", "scanRef"].map(|name| read[name].as_str().unwrap_or_else(|| panic!("{answer}")));
    answer.replace(token, TOKEN).replace(scan_ref, SCAN_REF).into_bytes()
}

/// The body that the policy makes of a client.
fn request() -> Vec<u8> {
    let output = Command::new(kyc())
        .args(["request", POLICY, "--client-id", "measured", "--set", "first_name=Jonas"])
        .args(["--set", "last_name=Jonaitis", "--set", "date_of_birth=1990-05-15"])
        // The service sends a reference of its own, which the vendor has to echo.
        .args(["--set", "document_country=LT", "--set", "external_ref=measured"])
        .current_dir(ROOT)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
