use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(file = "corpus/invalid/file-too-large/one-byte-too-many.yaml")]
struct FileTooLarge {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/not-utf8/latin-1.yaml")]
struct NotUtf8 {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/control-character/nul.yaml")]
struct ControlCharacter {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/yaml-syntax/unclosed-bracket.yaml")]
struct YamlSyntax {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/empty-document/nothing.yaml")]
struct EmptyDocument {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/tab/indentation.yaml")]
struct Tab {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/anchor-or-alias/alias.yaml")]
struct AnchorOrAlias {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/tag/own-tag-on-a-list.yaml")]
struct Tag {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/merge-key/inline.yaml")]
struct MergeKey {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/second-document/two.yaml")]
struct SecondDocument {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/complex-key/list-as-key.yaml")]
struct ComplexKey {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/name-differs-from-file/store.yaml")]
struct NameDiffersFromFile {
    client_id: ClientId,
}

fn main() {}
