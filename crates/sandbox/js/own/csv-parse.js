// The package as it is today, and as it was until version 4: a function by itself.
const library = require('npm:csv-parse');
module.exports = Object.assign((...args) => library.parse(...args), library);
