//! Identity-verification policies as code: issue tokens by policy name.
