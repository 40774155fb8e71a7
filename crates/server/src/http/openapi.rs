//! The document of the API (OpenAPI 3.1), made from the handlers themselves and the table of rules.
//!
//! A handler says what it takes and what it gives when all is well. What may go wrong follows from its rule and its body
//! and is added here, so that no handler can forget it.

use std::sync::{Arc, LazyLock};

use axum::http::{HeaderValue, header};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr,
        ResponseBuilder, Required, Schema,
        path::{Operation, ParameterBuilder, ParameterIn, PathItem},
        schema::{ObjectBuilder, SchemaType, Type},
        security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme},
    },
};

use super::{
    access::{self, Who},
    problem::ProblemBody,
};

/// The name of the way to prove who one is.
const SESSION: &str = "session";

static TEXT: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(text()));

/// The document's text, as it is committed and served.
pub fn text() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The document of the API.
#[utoipa::path(get, path = "/openapi.json", operation_id = "getOpenApi", tag = "session",
    responses((status = 200, body = Object, content_type = "application/json")))]
pub async fn show() -> ([(header::HeaderName, HeaderValue); 1], String) {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"))], TEXT.to_string())
}

/// The document.
pub fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new()
        .security_scheme(
            SESSION,
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                "closer_session",
                "The cookie that signing in sets; over https it is named __Host-closer_session.",
            ))),
        )
        .schema(ProblemBody::name(), ProblemBody::schema());
    let mut own = Vec::new();
    ProblemBody::schemas(&mut own);
    for (name, schema) in own {
        components = components.schema(name, schema);
    }
    for route in access::table() {
        for (name, schema) in route.schemas() {
            components = components.schema(name.clone(), schema.clone());
        }
        for (path, item) in &route.paths().paths {
            let mut item = item.clone();
            for (is_write, operation) in operations(&mut item) {
                complete(operation, path, route.who, is_write);
            }
            paths = paths.path(path, item);
        }
    }
    let info = InfoBuilder::new()
        .title("closer")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The API of the console. Times are milliseconds UTC. Every call that is no GET sends `x-closer: 1`. What goes \
             wrong is `application/problem+json` (RFC 9457), in Korean or English by `Accept-Language`.",
        ))
        .license(Some(utoipa::openapi::License::new("MIT OR Apache-2.0")))
        .build();
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
}

/// The operations of a path, and whether each changes something.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    [
        (false, item.get.as_mut()),
        (true, item.post.as_mut()),
        (true, item.put.as_mut()),
        (true, item.patch.as_mut()),
        (true, item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(is_write, slot)| slot.map(|operation| (is_write, operation)))
}

/// Adds the ids of the path, the header against forgery, who may call, and what may go wrong.
fn complete(operation: &mut Operation, path: &str, who: Who, is_write: bool) {
    let text = || RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build()));
    let parameters = operation.parameters.get_or_insert_default();
    for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(text()))
            .build();
        parameters.push(RefOr::T(parameter));
    }
    if is_write {
        let one = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(["1"])).build();
        let header = ParameterBuilder::new()
            .name("x-closer")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("Proves that the call does not come from another site."))
            .schema(Some(RefOr::T(Schema::Object(one))))
            .build();
        parameters.push(RefOr::T(header));
    }
    if parameters.is_empty() {
        operation.parameters = None;
    }
    let needs_session = matches!(who, Who::Account | Who::AtLeast(_));
    if needs_session {
        operation.security = Some(vec![SecurityRequirement::new::<&str, [&str; 0], &str>(SESSION, [])]);
    }
    let rule = match who {
        Who::Anyone => "Anyone may call it.".to_owned(),
        Who::SetupOnly => "Only while there is no account.".to_owned(),
        Who::Account => "For whoever is signed in.".to_owned(),
        Who::AtLeast(role) => format!("From the role `{}`.", role.name()),
    };
    operation.description =
        Some(operation.description.as_ref().map_or_else(|| rule.clone(), |said| format!("{said}\n\n{rule}")));
    for (status, said) in failures(operation, path, who, is_write) {
        let reference = Ref::from_schema_name(ProblemBody::name());
        let content = ContentBuilder::new().schema(Some(RefOr::Ref(reference))).build();
        let response =
            ResponseBuilder::new().description(said).content("application/problem+json", content).build();
        operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
    }
}

/// What may go wrong, by rule and body.
fn failures(
    operation: &Operation,
    path: &str,
    who: Who,
    is_write: bool,
) -> Vec<(&'static str, &'static str)> {
    let has_body = operation.request_body.is_some();
    let has_query = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(it) if it.parameter_in == ParameterIn::Query));
    let signs_in = path.starts_with("/api/session") || path.starts_with("/api/invites/");
    let mut found = vec![("500", "A fault of the server."), ("503", "The server is busy; try again.")];
    if has_body || has_query {
        found.push(("400", "What was sent cannot be read."));
    }
    if who != Who::Anyone && who != Who::SetupOnly || signs_in {
        found.push(("401", "Nobody is signed in, or what was proved is wrong."));
    }
    if is_write || matches!(who, Who::AtLeast(_)) {
        found.push(("403", "The role is too low, or the call comes from another site."));
    }
    if path.contains('{') || path.ends_with("/bots") {
        found.push(("404", "There is no such thing, or one may not see it."));
    }
    if is_write {
        found.push(("409", "It cannot be done as things are now."));
    }
    if path == "/api/password/reset" {
        found.push(("410", "The link was used or is too old."));
    }
    if has_body {
        found.push(("413", "The body is too large."));
        found.push(("415", "The body is no JSON."));
        found.push(("422", "Values are not as they should be."));
        found.push(("429", "Too many attempts; Retry-After says when."));
    }
    found
}
