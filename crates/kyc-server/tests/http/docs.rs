//! The page of the interface, which needs nothing but this service.

use axum::body::Body;
use http::Request;

use crate::answer::Answer;
use crate::service::Running;

async fn ask(service: &Running, path: &str) -> Answer {
    service.send(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_page_loads_only_what_is_served_here() {
    let service = Running::start().await;
    let front = ask(&service, "/docs").await;
    assert_eq!((front.status.as_u16(), front.header("location")), (308, Some("/docs/")));
    let page = ask(&service, "/docs/").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("text/html")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("http"),
        "{policy}"
    );
    let sources: Vec<_> = ["src=\"", "href=\""]
        .iter()
        .flat_map(|attribute| page.text().split(attribute).skip(1).filter_map(|rest| rest.split('"').next()))
        .collect();
    assert!(sources.len() >= 3, "{}", page.text());
    for source in sources {
        let name = source.strip_prefix("./").unwrap_or(source);
        assert!(!name.contains('/'), "{source}");
        assert_eq!(ask(&service, &format!("/docs/{name}")).await.status, 200, "{source}");
    }
    // Inline scripts would be forbidden.
    for script in page.text().split("<script").skip(1) {
        assert!(
            script.trim_start().starts_with("src=")
                || script.contains("></script>")
                || script.contains("> </script>"),
            "{script}"
        );
    }
    let settings = ask(&service, "/docs/swagger-initializer.js").await;
    assert!(settings.text().contains("/openapi.json"), "{}", settings.text());
    assert!(!settings.text().contains("petstore"), "{}", settings.text());
    for path in ["/docs/none.js", "/docs/..%2f..%2fetc%2fpasswd", "/docs/%ff", "/docs/a/b"] {
        ask(&service, path).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn the_description_announces_every_route() {
    let service = Running::start().await;
    let document = ask(&service, "/openapi.json").await.ok(200);
    assert_eq!(document["openapi"], "3.1.0");
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = path.replace("{name}", "eu-open").replace("{id}", "x");
        let answer = service.send(Request::patch(&path).body(Body::empty()).unwrap()).await;
        answer.problem(405, "method-not-allowed");
        let mut allowed: Vec<_> =
            answer.header("allow").unwrap().split(',').filter(|method| *method != "HEAD").collect();
        allowed.sort_unstable();
        let mut announced: Vec<_> =
            operations.as_object().unwrap().keys().map(|key| key.to_uppercase()).collect();
        announced.sort_unstable();
        assert_eq!(allowed, announced, "{path}");
    }
}
