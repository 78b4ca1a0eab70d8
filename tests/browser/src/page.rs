//! One page of the browser.

use std::fs;
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket, connect};

use crate::chromium::Chromium;

/// How long the browser may be silent before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A screen: its width in CSS pixels, and whether its user prefers dark colours.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// The width.
    pub width: u32,
    /// Whether dark colours are preferred.
    pub is_dark: bool,
}

/// A page in a browser of its own.
#[derive(Debug)]
pub struct Page {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    session: Option<String>,
    last_id: u64,
    events: Vec<Value>,
    /// How the addresses of all begin that the page may ask for.
    own: String,
    files: TempDir,
    _browser: Chromium,
}

impl Page {
    /// Starts a browser with an empty page.
    pub fn open() -> Self {
        let browser = Chromium::start();
        let (socket, _) = connect(browser.address.as_str()).expect("the browser takes commands");
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        }
        let files = TempDir::new().expect("a temporary folder");
        let (own, events) = (String::new(), Vec::new());
        let mut page = Self { socket, session: None, last_id: 0, events, own, files, _browser: browser };
        let target = page.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = page.call("Target.attachToTarget", attach);
        page.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page
    }

    /// Shows a document on a screen. What the browser told before is forgotten.
    pub fn show(&mut self, html: &str, screen: Screen) {
        let path = self.files.path().join("page.html");
        fs::write(&path, html).expect("the page is written");
        let url = format!("file://{}", path.display());
        self.go(&url, &url, screen);
    }

    /// Shows what a server has at a path, which may ask that server for more.
    pub fn visit(&mut self, server: &str, path: &str, screen: Screen) {
        self.go(&format!("{server}{path}"), &format!("{server}/"), screen);
    }

    fn go(&mut self, url: &str, own: &str, screen: Screen) {
        self.set_screen(screen, "screen");
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.wait_for("Page.loadEventFired");
        self.events.clear();
        own.clone_into(&mut self.own);
        self.call("Page.navigate", json!({ "url": url }));
        self.wait_for("Page.loadEventFired");
    }

    /// Waits until a JavaScript expression in the page is true.
    #[track_caller]
    pub fn until(&mut self, expression: &str) {
        let begin = Instant::now();
        while self.evaluate(expression) != json!(true) {
            assert!(begin.elapsed() < PATIENCE, "{expression} does not come true: {:?}", self.complaints());
            sleep(Duration::from_millis(20));
        }
    }

    /// Changes the screen, or the medium (`screen`, `print`), of the document that is shown.
    pub fn set_screen(&mut self, screen: Screen, medium: &str) {
        let metrics =
            json!({ "width": screen.width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if screen.is_dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// The value of a JavaScript expression in the page. The page's own policy does not bind it.
    #[track_caller]
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let answer =
            self.call("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true }));
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer:#}");
        answer["result"]["value"].clone()
    }

    /// Presses a key, such as `Tab` or `Enter`.
    pub fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, None),
            "Enter" => (13, Some("\r")),
            _ => panic!("the key {key} is not known here"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if let (Some(text), "keyDown") = (text, kind) {
                event["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// The nodes that assistive technology sees, as pairs of role and name.
    pub fn accessible(&mut self) -> Vec<(String, String)> {
        let tree = self.call("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
        let shown = nodes.iter().filter(|node| node["ignored"] != json!(true));
        let text = |node: &Value, key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
        shown.map(|node| (text(node, "role"), text(node, "name"))).collect()
    }

    /// What the browser complained of, and what it asked for beside the document itself or its server.
    pub fn complaints(&self) -> Vec<String> {
        // What a page holds as `data:` is asked of nobody.
        let is_own = |event: &Value| {
            let url = event["params"]["request"]["url"].as_str();
            url.is_some_and(|url| url.starts_with(&self.own) || url.starts_with("data:"))
        };
        let told = self.events.iter().filter(|event| match event["method"].as_str() {
            Some("Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled") => true,
            Some("Network.requestWillBeSent") => !is_own(event),
            _ => false,
        });
        told.map(ToString::to_string).collect()
    }

    fn wait_for(&mut self, method: &str) {
        let is_it = |event: &Value| event["method"] == method;
        while !self.events.iter().any(is_it) {
            let message = self.receive();
            self.events.push(message);
        }
        self.events.retain(|event| !is_it(event));
    }

    #[track_caller]
    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(command.to_string())).expect("the browser listens");
        loop {
            let message = self.receive();
            if message["id"] == json!(self.last_id) {
                assert!(message.get("error").is_none(), "{method}: {message:#}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    fn receive(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("the browser answers") {
                return serde_json::from_str(&text).expect("the browser speaks JSON");
            }
        }
    }
}
