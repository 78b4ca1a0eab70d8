use std::fs;

use serde_json::{Value, json};

use crate::support::{BROKEN, PERSONAL, Policies, SHOP, run};

fn shop() -> Policies {
    Policies::new(&[("shop.yaml", SHOP)])
}

#[test]
fn the_body_is_printed_as_it_would_be_sent() {
    let name = format!("--set=first_name={PERSONAL}");
    let body = shop().kyc(["request", "shop", "--client-id", "c-1", &name]).ends_with(0);
    assert!(body.out.starts_with(r#"{"clientId":"c-1","tokenType":"IDENTIFICATION","#), "{body:?}");
    assert!(body.out.ends_with("}\n") && body.out.matches('\n').count() == 1);
    assert_eq!(body.json()["firstName"], json!(PERSONAL));
}

#[test]
fn personal_values_can_be_masked() {
    let args = ["request", "shop", "--client-id", "c-1", "--mask", "--set"];
    let name = format!("first_name={PERSONAL}");
    let body = shop().kyc(args.iter().copied().chain([name.as_str()])).ends_with(0);
    assert!(!body.out.contains(PERSONAL), "{body:?}");
    assert_eq!(body.json()["firstName"], json!("***"));
}

#[test]
fn data_comes_from_a_file_or_standard_input() {
    let folder = shop();
    let data = json!({ "client_id": "c-1", "last_name": PERSONAL }).to_string();
    let piped = run(folder.command().args(["request", "shop", "--data", "-"]).write_stdin(data.clone()));
    fs::write(folder.path("client.json"), data).unwrap();
    let file = run(folder.command().args(["request", "shop", "--data"]).arg(folder.path("client.json")));
    assert_eq!(piped.ends_with(0).out, file.ends_with(0).out);
}

#[test]
fn every_problem_is_told_at_once_with_the_place_in_the_policy() {
    let args = ["request", "shop", "--client-id=c-1", "--set=date_of_birth=2020-01-01", "--set=locale=en"];
    shop()
        .kyc(args)
        .ends_with(1)
        .prints_nothing()
        .tells("error[client-field-missing]")
        .tells("error[client-field-unexpected]")
        .tells("error[age-outside]")
        .tells("shop.yaml:5:13")
        .tells("error: the client's data has 3 mistakes under policy `shop`; nothing was sent");
}

#[test]
fn problems_as_json_are_an_array_as_of_check() {
    let value = format!("--set=first_name={PERSONAL}1");
    let refused = shop().kyc(["request", "shop", "--client-id=c-1", "--format=json", &value]).ends_with(1);
    assert!(!refused.out.contains(PERSONAL), "{refused:?}");
    let json = refused.json();
    assert_eq!(json[0]["rule"], json!("client-value-invalid"));
    assert_eq!((&json[0]["file"], &json[0]["line"]), (&Value::Null, &Value::Null));
    assert_eq!(json[0]["field"], json!("first_name"));
}

#[test]
fn a_field_given_twice_is_refused() {
    let folder = shop();
    let name = "--set=first_name=Ann";
    folder
        .kyc(["request", "shop", "--client-id=a", "--set=client_id=b", name])
        .ends_with(1)
        .tells("client-field-given-twice");
    let data = json!({ "client_id": "b", "first_name": "Ann" }).to_string();
    let args = ["request", "shop", "--client-id=a", "--data=-"];
    run(folder.command().args(args).write_stdin(data)).ends_with(1).tells("client-field-given-twice");
    folder.kyc(["request", "shop", name]).ends_with(1).tells("client-field-missing");
}

#[test]
fn warnings_stand_beside_the_body() {
    let args = ["request", "shop", "--client-id=a@b.example", "--set=first_name=Ann", "--format=json"];
    let body = shop().kyc(args).ends_with(0).tells("warning[client-id-is-email]");
    assert_eq!(body.json()["clientId"], json!("a@b.example"));
}

#[test]
fn mistakes_of_any_policy_refuse_all() {
    let folder = Policies::new(&[("shop.yaml", SHOP), ("broken.yaml", BROKEN)]);
    let args = ["request", "shop", "--client-id=c-1", "--set=first_name=Ann"];
    folder
        .kyc(args)
        .ends_with(1)
        .prints_nothing()
        .tells("broken.yaml:2:17")
        .tells("the policies have 3 mistakes");
    let json = folder.kyc(args.iter().chain(&["--format=json"])).ends_with(1).json();
    assert_eq!(json.as_array().unwrap().len(), 3);
}

#[test]
fn an_unknown_policy_is_part_of_the_data() {
    shop().kyc(["request", "shpo"]).ends_with(1).prints_nothing().tells("did you mean `shop`?");
    let json = shop().kyc(["request", "shpo", "--format", "json"]).ends_with(1).json();
    assert_eq!(json["error"]["kind"], json!("unknown-policy"));
}

#[test]
fn malformed_options_repeat_no_value() {
    let folder = shop();
    for args in [
        &["--set", PERSONAL][..],
        &["--set", "first_name=Ann", PERSONAL],
        &["--set", &format!("={PERSONAL}")],
        &["--set", &format!("step_data={PERSONAL}")],
        &["--data", "no-such-file.json"],
    ] {
        folder.kyc(["request", "shop"].iter().chain(args)).ends_with(2).prints_nothing().tells("error: ");
    }
    let malformed = format!("{{ \"first_name\": {PERSONAL} }}");
    let mut command = folder.command();
    command.args(["request", "shop", "--data", "-"]);
    run(command.write_stdin(malformed)).ends_with(1).tells("line 1, column 17");
    run(command.write_stdin(vec![b' '; 70 * 1024])).ends_with(1).tells("larger than 64 KiB");
}
