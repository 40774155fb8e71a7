// Answers one JSON question a line with what the original library gives.
//   {"template": …, "context": …}           → {"text": …} or {"error": …}
//   {"moment": ms, "format": …, "zone": …}  → {"text": …}
//   {"number": …, "format": …}              → {"text": …}
import { createInterface } from 'node:readline';
import Handlebars from 'handlebars';
import moment from 'moment-timezone';
import 'moment/locale/ko.js';
import numeral from 'numeral';

moment.locale('ko');

function answer(question) {
  if ('template' in question) {
    return { text: Handlebars.compile(question.template, { noEscape: true })(question.context) };
  }
  if ('moment' in question) {
    return { text: moment.tz(question.moment, question.zone).format(question.format) };
  }
  return { text: numeral(question.number).format(question.format) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = answer(JSON.parse(line));
  } catch (error) {
    reply = { error: String(error.message).split('\n')[0] };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
