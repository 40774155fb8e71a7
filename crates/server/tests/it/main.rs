//! The server over HTTP, with Kakao's side simulated: what a person does and sees.

mod asking;
mod bridge;
mod captures;
mod deliveries;
mod hostile;
mod late;
mod modes;
mod testbed;
mod transcript;
