//! Modules out of the binary.

use rquickjs::{Ctx, Function, Module, Result, loader::Loader as _};

use crate::library::BUNDLE;

/// The function `(require, module, exports, host)` that a file of `js/own` or `js/dist` was made into.
pub fn load<'js>(ctx: &Ctx<'js>, name: &str) -> Result<Function<'js>> {
    let mut bundle = BUNDLE;
    let module: Module<'js> = bundle.load(ctx, name, None)?;
    let (module, _) = module.eval()?;
    module.get("default")
}
