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
        Required, ResponseBuilder, Schema,
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
    let mut value = serde_json::to_value(document()).unwrap_or_default();
    name_items(&mut value);
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// Lists hold their items by name, not by a copy of their shape.
fn name_items(document: &mut serde_json::Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    let lists: Vec<String> =
        schemas.keys().filter_map(|name| name.strip_prefix("List_")).map(str::to_owned).collect();
    for item in lists {
        let reference = serde_json::json!({"$ref": format!("#/components/schemas/{item}")});
        let slot = &mut schemas[&format!("List_{item}")]["properties"]["items"]["items"];
        let shape = std::mem::replace(slot, reference);
        if !schemas.contains_key(&item) {
            schemas.insert(item, shape);
        }
    }
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
    for (status, said) in FAILURES {
        let reference = Ref::from_schema_name(ProblemBody::name());
        let content = ContentBuilder::new().schema(Some(RefOr::Ref(reference))).build();
        let response =
            ResponseBuilder::new().description(said).content("application/problem+json", content).build();
        components = components.response(format!("Problem{status}"), response);
    }
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
    let text =
        || RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build()));
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
        let one =
            ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(["1"])).build();
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
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            described(status).clone_into(&mut response.description);
        }
    }
    for status in failures(operation, path, who, is_write) {
        let response = Ref::from_response_name(format!("Problem{status}"));
        operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::Ref(response));
    }
}

/// What a status means here.
fn described(status: &str) -> &'static str {
    match status {
        "201" => "It was made.",
        "202" => "It was taken note of.",
        "204" => "It was done; there is nothing more to say.",
        _ => "All is well.",
    }
}

/// What may go wrong at all.
const FAILURES: [(&str, &str); 12] = [
    ("400", "What was sent cannot be read."),
    ("401", "Nobody is signed in, or what was proved is wrong."),
    ("403", "The role is too low, or the call comes from another site."),
    ("404", "There is no such thing, or one may not see it."),
    ("409", "It cannot be done as things are now."),
    ("410", "The link was used or is too old."),
    ("413", "The body is too large."),
    ("415", "The body is no JSON."),
    ("422", "Values are not as they should be."),
    ("429", "Too many attempts; Retry-After says when."),
    ("500", "A fault of the server."),
    ("503", "The server is busy; try again."),
];

/// What may go wrong, by rule and body.
fn failures(operation: &Operation, path: &str, who: Who, is_write: bool) -> Vec<&'static str> {
    let has_body = operation.request_body.is_some();
    let has_query = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(it) if it.parameter_in == ParameterIn::Query));
    let signs_in = path.starts_with("/api/session") || path.starts_with("/api/invites/");
    let mut found = vec!["500", "503"];
    if has_body || has_query {
        found.extend(["400", "422"]);
    }
    if who != Who::Anyone && who != Who::SetupOnly || signs_in {
        found.push("401");
    }
    if is_write || matches!(who, Who::AtLeast(_)) {
        found.push("403");
    }
    if path.contains('{') || path.ends_with("/bots") || path == "/api/demo" {
        found.push("404");
    }
    if is_write {
        found.push("409");
    }
    if path == "/api/password/reset" {
        found.push("410");
    }
    if has_body {
        found.extend(["413", "415", "429"]);
    }
    found
}
