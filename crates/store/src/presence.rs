//! Who was there in a period: by day, by channel and in all, each counted once.
//!
//! One walk over `stat_people` in slices, and not a query for each figure: nobody can count the distinct without looking
//! at all of them, and a database that does it in one go keeps a processor from the turns that come in meanwhile.
//! Between slices others have their turn ([`crate::db::Db::report`]).

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use crate::{PeopleRow, ReadError, Slots, Store};

/// Rows of a slice: a millisecond or two of a processor.
const SLICE: u32 = 1_000;

statements! {
    SLICE_OF_PEOPLE = "SELECT slot, channel, person, talk, is_new FROM stat_people WHERE bot_id = $1
        AND (slot, channel, person, talk) > (CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT))
        AND slot < $6 ORDER BY slot, channel, person, talk LIMIT $7";
}

/// The people of a period. `D` is what a day is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People<D: Eq + Hash> {
    /// By day; days without anybody are left out.
    pub days: HashMap<D, PeopleRow>,
    /// In the whole period, each counted once.
    pub whole: PeopleRow,
    /// Conversations that had turns in the period, each counted once.
    pub conversations: i64,
    /// People by channel, of every channel: the development channel too, whatever channel is asked for.
    pub channels: HashMap<String, i64>,
}

impl Store {
    /// Counts the people of a period. `day` says on which day a slot lies; its days follow each other as slots do.
    pub async fn stat_people<D: Copy + Eq + Hash>(
        &self,
        of: Slots<'_>,
        day: impl Fn(i64) -> D,
    ) -> Result<People<D>, ReadError> {
        let mut count = Count::default();
        // What lies before every row of the first slot.
        let mut after = (of.from.saturating_sub(1), "\u{10ffff}".to_owned(), i64::MAX, i64::MAX);
        loop {
            let (slot, channel, person, talk) = after.clone();
            let params = vec![
                of.bot.into(),
                slot.into(),
                channel.into(),
                person.into(),
                talk.into(),
                of.to.into(),
                SLICE.into(),
            ];
            let rows = self.db.report(SLICE_OF_PEOPLE, params).await?;
            let whole = rows.len() == SLICE as usize;
            for mut row in rows {
                let (slot, channel) = (row.int()?, row.text()?);
                let (person, talk, new) = (row.int()?, row.int()?, row.int()? == 1);
                count.channel(&channel, person);
                let asked = if of.channel.is_empty() {
                    !channel.ends_with("-development")
                } else {
                    channel == of.channel
                };
                if asked {
                    count.add(slot, person, talk, new, &day);
                }
                after = (slot, channel, person, talk);
            }
            if !whole {
                return Ok(count.done());
            }
        }
    }
}

/// What was seen so far.
struct Count<D> {
    /// The slot that was looked at last, and its day.
    at: Option<(i64, D)>,
    /// The people of that day, and whether they were new then.
    today: HashMap<i64, bool>,
    days: HashMap<D, PeopleRow>,
    everybody: HashMap<i64, bool>,
    talks: HashSet<i64>,
    channels: HashMap<String, HashSet<i64>>,
}

impl<D> Default for Count<D> {
    fn default() -> Self {
        Self {
            at: None,
            today: HashMap::new(),
            days: HashMap::new(),
            everybody: HashMap::new(),
            talks: HashSet::new(),
            channels: HashMap::new(),
        }
    }
}

impl<D: Copy + Eq + Hash> Count<D> {
    fn channel(&mut self, channel: &str, person: i64) {
        if let Some(people) = self.channels.get_mut(channel) {
            people.insert(person);
        } else {
            self.channels.insert(channel.to_owned(), HashSet::from([person]));
        }
    }

    fn add(&mut self, slot: i64, person: i64, talk: i64, new: bool, day: impl Fn(i64) -> D) {
        if self.at.is_none_or(|(last, _)| last != slot) {
            let now = day(slot);
            if self.at.is_some_and(|(_, last)| last != now) {
                self.close();
            }
            self.at = Some((slot, now));
        }
        *self.today.entry(person).or_default() |= new;
        *self.everybody.entry(person).or_default() |= new;
        self.talks.insert(talk);
    }

    /// The day is over.
    fn close(&mut self) {
        if let Some((_, day)) = self.at {
            self.days.insert(day, row(&self.today));
            self.today.clear();
        }
    }

    fn done(mut self) -> People<D> {
        self.close();
        People {
            days: self.days,
            whole: row(&self.everybody),
            conversations: number(self.talks.len()),
            channels: self.channels.into_iter().map(|(name, people)| (name, number(people.len()))).collect(),
        }
    }
}

fn row(people: &HashMap<i64, bool>) -> PeopleRow {
    PeopleRow { users: number(people.len()), newcomers: number(people.values().filter(|new| **new).count()) }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
