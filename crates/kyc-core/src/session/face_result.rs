//! What became of the face check.

use super::open_vocabulary::open_vocabulary;

open_vocabulary! {
    /// The result of the face check: `autoFace` and `manualFace`.
    ///
    /// The words of the vendor's OpenAPI document; a reviewer uses fewer of them than the automatic check.
    #[expect(missing_docs, reason = "each variant is the vendor's word of that name")]
    pub enum FaceResult {
        Match = "FACE_MATCH",
        NotChecked = "FACE_NOT_CHECKED",
        Mismatch = "FACE_MISMATCH",
        NoFaceFound = "NO_FACE_FOUND",
        TooManyFaces = "TOO_MANY_FACES",
        TooBlurry = "FACE_TOO_BLURRY",
        Glared = "FACE_GLARED",
        Uncertain = "FACE_UNCERTAIN",
        NotAnalysed = "FACE_NOT_ANALYSED",
        Error = "FACE_ERROR",
        AutoUnverifiable = "AUTO_UNVERIFIABLE",
        Fake = "FAKE_FACE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_12_known_words() {
        assert_eq!(FaceResult::KNOWN.len(), 12);
        assert_eq!(FaceResult::from_word("FACE_MATCH"), FaceResult::Match);
        assert!(matches!(FaceResult::from_word("FACE_NEW"), FaceResult::Other(word) if word == "FACE_NEW"));
    }
}
