//! What can be wrong with a template, with its place.

use std::fmt;

use crate::{lang::Lang, secret::MAX_NAME};

/// A mistake in a template, or a failure while it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What it is.
    pub kind: TemplateErrorKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateErrorKind {
    /// `{{` without `}}`.
    TagNotClosed,
    /// A block without its end.
    BlockNotClosed(String),
    /// An end or `else` without its block.
    NothingToClose(String),
    /// The end of another block.
    WrongClose {
        /// What is open.
        open: String,
        /// What is closed.
        close: String,
    },
    /// Something that cannot stand there.
    Unexpected(String),
    /// A comment, text or segment without its end.
    TextNotClosed,
    /// A name with arguments that is no helper.
    UnknownHelper(String),
    /// A helper with too few or too many arguments.
    Arguments(String),
    /// A partial that is not defined in this template.
    UnknownPartial(String),
    /// A number, date or zone format that cannot be used.
    Format(String),
    /// A secret whose name is not written out in quotation marks, or is none.
    SecretName,
    /// A secret as the argument of another helper.
    SecretWrapped,
    /// A secret anywhere but in an HTTP node.
    SecretOutside,
    /// Blocks, calls or partials nest too deeply.
    TooDeep,
    /// Rendering takes too many steps or gives too long a text.
    TooMuch,
}

impl TemplateError {
    pub(super) fn new(place: Place, kind: TemplateErrorKind) -> Self {
        Self { line: place.line as usize, column: place.column as usize, kind }
    }

    /// Place and mistake in one sentence.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Ko => format!("{}번째 줄 {}번째 글자: {}", self.line, self.column, self.kind.ko()),
            Lang::En => format!("line {}, column {}: {}", self.line, self.column, self.kind.en()),
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for TemplateError {}

impl TemplateErrorKind {
    fn ko(&self) -> String {
        match self {
            Self::TagNotClosed => "{{ 를 닫는 }} 가 없어요.".to_owned(),
            Self::BlockNotClosed(name) => format!("{{{{#{name}}}}} 블록을 닫는 {{{{/{name}}}}} 가 없어요."),
            Self::NothingToClose(tag) => format!("{{{{{tag}}}}} 앞에 열린 블록이 없어요."),
            Self::WrongClose { open, close } => {
                format!("{{{{#{open}}}}} 블록을 {{{{/{close}}}}} 로 닫을 수 없어요.")
            }
            Self::Unexpected(found) => format!("여기에는 '{found}'을(를) 쓸 수 없어요."),
            Self::TextNotClosed => "따옴표나 대괄호, 주석이 닫히지 않았어요.".to_owned(),
            Self::UnknownHelper(name) => format!("'{name}' 함수는 없어요."),
            Self::Arguments(name) => format!("'{name}' 함수에 넘긴 값의 개수가 맞지 않아요."),
            Self::UnknownPartial(name) => format!("'{name}' 부분 템플릿이 없어요."),
            Self::Format(what) => format!("'{what}' 형식은 쓸 수 없어요."),
            Self::SecretName => format!(
                "SECRET의 이름은 따옴표 안에 영문자, 숫자, _ - . 만 써서 {MAX_NAME}자 안으로 적어 주세요."
            ),
            Self::SecretWrapped => "SECRET은 다른 함수에 넘기지 말고 그대로 써 주세요.".to_owned(),
            Self::SecretOutside => "SECRET은 HTTP 요청 노드에서만 쓸 수 있어요.".to_owned(),
            Self::TooDeep => "블록이나 함수가 너무 깊게 겹쳐 있어요.".to_owned(),
            Self::TooMuch => "결과가 너무 길거나 반복이 너무 많아요.".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::TagNotClosed => "{{ is not closed by }}.".to_owned(),
            Self::BlockNotClosed(name) => {
                format!("The block {{{{#{name}}}}} is not closed by {{{{/{name}}}}}.")
            }
            Self::NothingToClose(tag) => format!("No block is open before {{{{{tag}}}}}."),
            Self::WrongClose { open, close } => {
                format!("The block {{{{#{open}}}}} cannot be closed by {{{{/{close}}}}}.")
            }
            Self::Unexpected(found) => format!("'{found}' cannot stand here."),
            Self::TextNotClosed => "A quotation, bracket or comment is not closed.".to_owned(),
            Self::UnknownHelper(name) => format!("There is no helper '{name}'."),
            Self::Arguments(name) => format!("The helper '{name}' takes another number of arguments."),
            Self::UnknownPartial(name) => format!("The partial '{name}' is not defined."),
            Self::Format(what) => format!("The format '{what}' cannot be used."),
            Self::SecretName => format!(
                "SECRET takes a name in quotation marks: letters, digits, _ - and . only, at most {MAX_NAME}."
            ),
            Self::SecretWrapped => "SECRET stands alone; no other helper can take it.".to_owned(),
            Self::SecretOutside => "SECRET can only be used in an HTTP node.".to_owned(),
            Self::TooDeep => "Blocks or calls nest too deeply.".to_owned(),
            Self::TooMuch => "The result is too long or takes too many steps.".to_owned(),
        }
    }
}

/// A place in a template's source, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// The place of a byte offset.
    pub(super) fn of(source: &str, at: usize) -> Self {
        let mut at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        let before = &source[..at];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() as u32 + 1,
            column: before[start..].chars().count() as u32 + 1,
        }
    }
}
