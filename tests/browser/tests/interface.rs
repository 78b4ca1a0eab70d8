//! The page of the service's interface, as a browser shows it: all of it, from the service alone, and usable.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kyc_browser_tests::{Page, Screen};
use kyc_service_tests::service::{Plan, Service};
use serde_json::Value;

const SCREEN: Screen = Screen { width: 1280, is_dark: false };
/// No part of these tests calls the vendor.
const NO_VENDOR: &str = "http://127.0.0.1:9";

/// A service without callers' keys, and its description of itself.
async fn service(folder: &std::path::Path) -> (Service, String, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut service = Plan::new(folder, NO_VENDOR).start();
    service.ready(&client).await;
    let server = format!("http://{}", service.address());
    let answer = client.get(format!("{server}/openapi.json")).send().await.unwrap();
    (service, server, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
}

/// How many operations a description has.
fn operations(description: &Value) -> usize {
    let paths = description["paths"].as_object().unwrap().values();
    let is_method = |key: &&String| ["get", "post", "delete"].contains(&key.as_str());
    paths.map(|path| path.as_object().unwrap().keys().filter(is_method).count()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_shown_and_nothing_is_asked_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let (service, server, description) = service(folder.path()).await;
    let operations = operations(&description);
    assert!(operations >= 10, "{operations}");
    let mut page = Page::open();
    page.visit(&server, "/docs/", SCREEN);
    page.until(&format!("document.querySelectorAll('.opblock').length === {operations}"));
    let title = page.evaluate("document.querySelector('.info .title').textContent");
    assert!(title.as_str().unwrap().starts_with(description["info"]["title"].as_str().unwrap()), "{title}");
    assert_eq!(page.complaints(), [""; 0]);
    service.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_is_tried_out_in_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let (service, server, _) = service(folder.path()).await;
    let mut page = Page::open();
    page.visit(&server, "/docs/", SCREEN);
    let policies = "[...document.querySelectorAll('.opblock-get')].find((block) => \
                    block.querySelector('.opblock-summary-path').textContent.replace(/\\W/g, '') === 'v1policies')";
    for part in [".opblock-summary-control", ".try-out__btn", ".execute"] {
        page.until(&format!("{policies}?.querySelector('{part}') != null"));
        page.evaluate(&format!("{policies}.querySelector('{part}').click()"));
    }
    let answer =
        format!("{policies}?.querySelector('.live-responses-table .response .response-col_description')");
    page.until(&format!("({answer}?.textContent ?? '').includes('eu-onboarding')"));
    assert_eq!(
        page.evaluate(&format!(
            "{policies}.querySelector('.live-responses-table .response .response-col_status').textContent.trim()"
        )),
        "200"
    );
    assert_eq!(page.complaints(), [""; 0]);
    service.kill();
}
