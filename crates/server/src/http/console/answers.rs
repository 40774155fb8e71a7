//! Questions and answers of a workspace (답변 추천): kept here, brought as files, suggested to agents.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::IntoResponse,
};
use engine::lang::{Lang, Said};
use livechat::words::{Query, grams};
use serde::{Deserialize, Serialize};
use store::{AnswerId, AnswerRow, BotId, NewAnswer};
use utoipa::{IntoParams, ToSchema};

use super::{List, chats, pictures::PictureBytes, sheets};
use crate::{
    Hub,
    chat::{settings::team_of, suggest, summary},
    http::{
        access::{Caller, Speaks},
        input::{self, Check, Ids, Json, Params},
        problem::{Problem, Thing},
    },
    insight::sheet::{Table, read},
};

/// Questions and answers of a workspace.
const MAX_ANSWERS: i64 = 10_000;
/// … of one piece of a list, and those that a search looks through at once.
const PIECE: u32 = 50;
const LOOK: u32 = 500;
/// Characters of a question, an answer, a category.
const MAX_QUESTION: usize = 1_000;
const MAX_ANSWER: usize = 1_000;
const MAX_CATEGORY: usize = 60;
/// Bytes of a file that is brought.
const MAX_FILE: usize = 5 * 1024 * 1024;
/// Answers that are stored at once.
const STORED_AT_ONCE: usize = 100;
/// Rows of a file that are named where they were left out.
const MAX_NAMED: usize = 50;

/// A question and its answer.
#[expect(clippy::struct_field_names, reason = "the answer to a question is called so")]
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Its id.
    #[schema(value_type = String)]
    id: AnswerId,
    /// What is asked, one way of asking in each line.
    question: String,
    /// What is answered.
    answer: String,
    /// What it is about.
    category: String,
    /// How often agents sent it.
    uses: i64,
    /// When it was last changed.
    updated_at: i64,
}

/// A question and its answer to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswerBody {
    /// What is asked, one way of asking in each line; up to 1,000 characters.
    question: String,
    /// What is answered; up to 1,000 characters.
    answer: String,
    /// What it is about.
    category: Option<String>,
}

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnswersOf {
    /// Parts of a question, an answer or a category.
    search: Option<String>,
    /// Where a list goes on.
    cursor: Option<String>,
}

/// As which file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnswersAs {
    /// `csv` or `xlsx`.
    format: String,
}

/// What became of a file that was brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct Imported {
    /// New questions.
    added: usize,
    /// Questions that were there: they have the file's answers now.
    changed: usize,
    /// Rows that were left out, up to 50 of them.
    skipped: Vec<Skipped>,
}

/// A row that was left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Skipped {
    /// Its number in the file, from 1.
    row: usize,
    /// Why.
    why: String,
}

/// To what an answer is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AskedOf {
    /// What the customer wrote.
    q: Option<String>,
    /// … or the conversation, whose customer's last message it is then.
    chat: Option<String>,
}

/// Answers that fit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// To what.
    asked: String,
    /// The best first.
    items: Vec<Suggestion>,
    /// Why the server of the business did not answer; null where it did, or none is set.
    #[schema(required)]
    outside: Option<String>,
}

/// An answer that fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// The workspace's own answer; null where the server of the business suggests it.
    #[schema(required, value_type = Option<String>)]
    id: Option<AnswerId>,
    /// The question that it answers.
    question: String,
    /// The answer.
    answer: String,
    /// How alike the questions are, of a thousand; null where the server of the business suggests it.
    #[schema(required)]
    likeness: Option<u32>,
}

impl From<AnswerRow> for Answer {
    fn from(row: AnswerRow) -> Self {
        let AnswerRow { id, question, answer, category, uses, updated_at } = row;
        Self { id, question, answer, category, uses, updated_at }
    }
}

/// Questions and answers of a workspace, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/answers", operation_id = "listAnswers", tag = "answers",
    params(AnswersOf), responses((status = 200, body = List<Answer>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(of): Params<AnswersOf>,
) -> Result<axum::Json<List<Answer>>, Problem> {
    let (workspace, _) = caller.member()?;
    let place = |cursor: &str| cursor.parse().map_err(|_| Problem::Malformed("cursor: no id".to_owned()));
    let mut after: Option<AnswerId> = of.cursor.as_deref().map(place).transpose()?;
    let words = of.search.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Query::read);
    let mut items: Vec<Answer> = Vec::new();
    if words == Some(None) {
        return Ok(axum::Json(List { items, next: None }));
    }
    let words = words.flatten();
    loop {
        let limit = if words.is_some() { LOOK } else { PIECE + 1 };
        let rows = hub.store.answers(workspace, after, limit).await?;
        let more = rows.len() == limit as usize;
        for row in rows {
            if items.len() == PIECE as usize {
                return Ok(axum::Json(List { items, next: after.map(|id| id.to_string()) }));
            }
            after = Some(row.id);
            let is_in = |words: &Query| {
                [&row.question, &row.answer, &row.category].iter().any(|text| words.is_in(text))
            };
            if words.as_ref().is_none_or(is_in) {
                items.push(row.into());
            }
        }
        if !more {
            return Ok(axum::Json(List { items, next: None }));
        }
    }
}

/// Adds one.
#[utoipa::path(post, path = "/api/workspaces/{ws}/answers", operation_id = "addAnswer", tag = "answers",
    request_body = AnswerBody, responses((status = 201, body = Answer)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(body): Json<AnswerBody>,
) -> Result<(StatusCode, axum::Json<Answer>), Problem> {
    let (workspace, _) = caller.member()?;
    let now_ms = hub.clock.now_ms();
    let new = checked(AnswerId::new(now_ms, hub.die.roll_wide()), &body)?;
    if hub.store.answer_count(workspace).await? >= MAX_ANSWERS {
        return Err(Problem::TooMany(MAX_ANSWERS as u32));
    }
    let made = shown(&new, 0, now_ms);
    hub.store.add_answers(workspace, vec![new], now_ms).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Changes one.
#[utoipa::path(put, path = "/api/workspaces/{ws}/answers/{id}", operation_id = "changeAnswer", tag = "answers",
    request_body = AnswerBody, responses((status = 200, body = Answer)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
    Json(body): Json<AnswerBody>,
) -> Result<axum::Json<Answer>, Problem> {
    let (workspace, _) = caller.member()?;
    let id = known(&id)?;
    let before = hub.store.answer(workspace, id).await?.ok_or(Problem::Missing(Thing::Answer))?;
    let now_ms = hub.clock.now_ms();
    let new = checked(id, &body)?;
    let made = shown(&new, before.uses, now_ms);
    hub.store.change_answer(workspace, new, now_ms).await?;
    Ok(axum::Json(made))
}

/// Removes one.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/answers/{id}", operation_id = "removeAnswer", tag = "answers",
    responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let id = known(&id)?;
    hub.store.answer(workspace, id).await?.ok_or(Problem::Missing(Thing::Answer))?;
    hub.store.remove_answer(workspace, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One was sent to a customer: it is counted, and comes before others that are as alike.
#[utoipa::path(post, path = "/api/workspaces/{ws}/answers/{id}/use", operation_id = "useAnswer", tag = "answers",
    responses((status = 204)))]
pub async fn count(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let id = known(&id)?;
    hub.store.answer(workspace, id).await?.ok_or(Problem::Missing(Thing::Answer))?;
    hub.store.use_answer(workspace, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All of them as a file: CSV (UTF-8 with a byte order mark) or XLSX. It can be brought again.
#[utoipa::path(get, path = "/api/workspaces/{ws}/answers/file", operation_id = "downloadAnswers", tag = "answers",
    params(AnswersAs), responses((status = 200, body = String, content_type = "application/octet-stream")))]
pub async fn file(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Params(of): Params<AnswersAs>,
) -> Result<impl IntoResponse, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = hub.store.answers(workspace, None, MAX_ANSWERS as u32).await?;
    let table = Table {
        name: Said::new("질문과 답변", "Questions and answers").get(lang).to_owned(),
        head: HEADS.iter().map(|(ko, en)| Said::new(*ko, *en).get(lang).to_owned()).collect(),
        rows: rows
            .into_iter()
            .rev()
            .map(|row| vec![row.question.into(), row.answer.into(), row.category.into()])
            .collect(),
    };
    sheets::file(vec![table], &of.format, "answers").await
}

/// Takes questions and answers from a file: the bytes of a CSV (UTF-8 or EUC-KR) or an XLSX of at most 5 MB, with the columns
/// 질문, 답변, 분류 (question, answer, category) in a first row, or in this order without one. A question that is there
/// already gets the file's answer.
#[utoipa::path(post, path = "/api/workspaces/{ws}/answers/import", operation_id = "importAnswers", tag = "answers",
    request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = Imported)))]
pub async fn import(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    request: Request,
) -> Result<axum::Json<Imported>, Problem> {
    let (workspace, _) = caller.member()?;
    let file = input::bytes(request.into_body(), MAX_FILE).await?;
    let read = tokio::task::spawn_blocking(move || read::rows(&file)).await.map_err(|_| Problem::Internal)?;
    let rows = read.map_err(|error| {
        tracing::debug!(%error, "a table was refused");
        Problem::NotTable
    })?;
    let now_ms = hub.clock.now_ms();
    let known = hub.store.answers(workspace, None, MAX_ANSWERS as u32).await?;
    let mut room = MAX_ANSWERS - known.len() as i64;
    let mut known: HashMap<Vec<i64>, AnswerRow> =
        known.into_iter().map(|row| (key(&row.question), row)).collect();
    let mut imported = Imported { added: 0, changed: 0, skipped: Vec::new() };
    let (columns, body) = columns(&rows);
    let mut new: Vec<NewAnswer> = Vec::new();
    for (number, row) in rows.iter().enumerate().skip(body) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).cloned().unwrap_or_default();
        let body = AnswerBody {
            question: cell(columns[0]),
            answer: cell(columns[1]),
            category: Some(cell(columns[2])),
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let key = key(&body.question);
        let answer = match checked(AnswerId::new(now_ms, hub.die.roll_wide()), &body) {
            Ok(answer) => answer,
            Err(problem) => {
                imported.skip(number, why(&problem, lang));
                continue;
            }
        };
        match known.get(&key) {
            Some(row) if row.answer == answer.answer && row.category == answer.category => {}
            Some(row) => {
                let id = row.id;
                // It may have come with an earlier row of this file.
                hub.store.add_answers(workspace, std::mem::take(&mut new), now_ms).await?;
                hub.store.change_answer(workspace, NewAnswer { id, ..answer }, now_ms).await?;
                imported.changed += 1;
            }
            None if room <= 0 => {
                let said =
                    Said::new("더 둘 수 없어요 (10,000개까지).", "There is no room for more than 10,000.");
                imported.skip(number, said.get(lang).to_owned());
            }
            None => {
                room -= 1;
                let row = AnswerRow {
                    id: answer.id,
                    question: answer.question.clone(),
                    answer: answer.answer.clone(),
                    category: answer.category.clone(),
                    uses: 0,
                    updated_at: now_ms,
                };
                known.insert(key, row);
                new.push(answer);
                imported.added += 1;
            }
        }
        if new.len() == STORED_AT_ONCE {
            hub.store.add_answers(workspace, std::mem::take(&mut new), now_ms).await?;
        }
    }
    hub.store.add_answers(workspace, new, now_ms).await?;
    Ok(axum::Json(imported))
}

/// Answers to what a customer wrote: the workspace's own questions that are most like it, and those of the server that the
/// team has set.
#[utoipa::path(get, path = "/api/workspaces/{ws}/suggestions", operation_id = "suggestAnswers", tag = "answers",
    params(AskedOf), responses((status = 200, body = Suggestions)))]
pub async fn suggest(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(of): Params<AskedOf>,
) -> Result<axum::Json<Suggestions>, Problem> {
    let (workspace, _) = caller.member()?;
    let (mut asked, mut bot): (String, Option<BotId>) = (of.q.unwrap_or_default().trim().to_owned(), None);
    if let Some(chat) = &of.chat {
        let row = chats::row(&hub, &caller, chat).await?;
        bot = Some(row.bot);
        if asked.is_empty() {
            let said = hub.store.chat_before(row.end_user, None, PIECE).await?;
            let last = said.iter().find(|message| message.is_user);
            asked = last.map(|message| summary::words(&message.data)).unwrap_or_default();
        }
    }
    let asked: String = asked.chars().take(MAX_QUESTION).collect();
    let own = suggest::own(&hub, workspace, &asked).await?;
    let mut items: Vec<Suggestion> = own
        .into_iter()
        .map(|(row, likeness)| Suggestion {
            id: Some(row.id),
            question: row.question,
            answer: row.answer,
            likeness: Some(likeness),
        })
        .collect();
    let team = team_of(hub.store.chat_settings(workspace, None).await?.0.as_deref());
    let mut outside = None;
    if !team.suggest.url.is_empty() && !asked.is_empty() {
        match suggest::outside(&hub, &team.suggest.url, (workspace, bot), &asked).await {
            Ok(more) => items.extend(more.into_iter().map(|it| Suggestion {
                id: None,
                question: it.question,
                answer: it.answer,
                likeness: None,
            })),
            Err(why) => outside = Some(why),
        }
    }
    Ok(axum::Json(Suggestions { asked, items, outside }))
}

/// The columns of a file.
const HEADS: [(&str, &str); 3] = [("질문", "Question"), ("답변", "Answer"), ("분류", "Category")];

/// Where the columns are, and the first row that is no head.
fn columns(rows: &[Vec<String>]) -> ([Option<usize>; 3], usize) {
    let Some(first) = rows.first() else { return ([None; 3], 0) };
    let at = |(ko, en): (&str, &str)| {
        first.iter().position(|cell| cell.trim() == ko || cell.trim().eq_ignore_ascii_case(en))
    };
    let [question, answer, category] = HEADS.map(at);
    if question.is_some() && answer.is_some() {
        ([question, answer, category], 1)
    } else {
        ([Some(0), Some(1), Some(2)], 0)
    }
}

/// By what a question is known again, whatever its spaces and marks.
fn key(question: &str) -> Vec<i64> {
    grams(question).into_iter().collect()
}

impl Imported {
    fn skip(&mut self, number: usize, why: String) {
        if self.skipped.len() < MAX_NAMED {
            self.skipped.push(Skipped { row: number + 1, why });
        }
    }
}

fn why(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::Invalid(errors) => {
            errors.first().map(|error| error.said.get(lang).to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn checked(id: AnswerId, body: &AnswerBody) -> Result<NewAnswer, Problem> {
    let mut check = Check::default();
    let mut text = |pointer: &str, text: &str, most: usize, needed: bool| {
        let text = text.trim().replace("\r\n", "\n");
        if (needed && text.is_empty()) || text.chars().count() > most {
            check.wrong(
                pointer,
                format!("{}자 이상 {most}자 이하로 적어 주세요.", u8::from(needed)),
                format!("Enter {} to {most} characters.", u8::from(needed)),
            );
        }
        text
    };
    let question = text("/question", &body.question, MAX_QUESTION, true);
    let answer = text("/answer", &body.answer, MAX_ANSWER, true);
    let category = text("/category", body.category.as_deref().unwrap_or_default(), MAX_CATEGORY, false);
    check.done()?;
    let grams = suggest::grams_of(&question);
    Ok(NewAnswer { id, question, answer, category, grams })
}

fn shown(new: &NewAnswer, uses: i64, now_ms: i64) -> Answer {
    Answer {
        id: new.id,
        question: new.question.clone(),
        answer: new.answer.clone(),
        category: new.category.clone(),
        uses,
        updated_at: now_ms,
    }
}

fn known(id: &str) -> Result<AnswerId, Problem> {
    id.parse().map_err(|_| Problem::Missing(Thing::Answer))
}
