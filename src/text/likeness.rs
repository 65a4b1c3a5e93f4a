//! Whether two texts are one text that was copied: with a line added, a few words changed, other punctuation.
//!
//! In: plain texts in any language. Out: a [`Likeness`] of each, whose bands find likely copies among many texts without comparing each
//! with each, and which two of them tell for sure. It compares runs of characters and not words, so that it works where nobody puts
//! spaces between words. Pure, the same on every machine, linear in the length of the text.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// Shorter texts (in characters that count) are too like each other.
const SHORTEST: usize = 200;
/// More text than this (in characters that count) changes no verdict.
const LONGEST: usize = 20_000;
/// Characters in a run.
const RUN: usize = 5;
/// Bins of the sketch, of which so many together make a band: texts that share three fifths of their runs share a band almost surely.
const BINS: usize = 128;
const ROWS: usize = 4;
/// How many bands a text has.
pub const BANDS: usize = BINS / ROWS;

/// What makes a copy, in percent: of the runs of the shorter text that are in the other, of the runs of both that they share, and
/// of the numbers of the one with fewer that are in the other. The first allows for words that were changed, the second for lines that
/// were added, but not for a text that quotes another whole and says as much itself. The third tells reports apart that say
/// the same each week with other figures.
const CONTAINED: usize = 85;
const SHARED: usize = 60;
const NUMBERS: usize = 80;

/// A text as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Hashes of all runs, sorted, each once.
    runs: Vec<u64>,
    /// How often which number is in it.
    numbers: BTreeMap<String, usize>,
}

impl Likeness {
    /// The likeness of a plain text; `None` when it has fewer than 200 letters and digits. White space, punctuation, case and width do
    /// not count.
    pub fn of(plain: &str) -> Option<Self> {
        let folded: Vec<char> = folded(plain).take(LONGEST).collect();
        if folded.len() < SHORTEST {
            return None;
        }
        let mut runs: Vec<u64> = folded.windows(RUN).map(hash).collect();
        runs.sort_unstable();
        runs.dedup();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for number in plain.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).take(LONGEST) {
            *numbers.entry(number.nfkc().collect()).or_default() += 1;
        }
        Some(Self { runs, numbers })
    }

    /// Texts that share no band are hardly copies of each other; those that share one may be.
    pub fn bands(&self) -> [u64; BANDS] {
        let mut bins = [u64::MAX; BINS];
        let bin_of = |run: u64| usize::try_from(run >> 57).unwrap_or_default();
        for run in &self.runs {
            if let Some(bin) = bins.get_mut(bin_of(*run)) {
                *bin = (*bin).min(*run);
            }
        }
        fill(&mut bins);
        let mut bands = [0; BANDS];
        for (number, (band, rows)) in bands.iter_mut().zip(bins.chunks(ROWS)).enumerate() {
            *band = rows.iter().fold(mixed(number as u64), |hash, row| mixed(hash ^ row));
        }
        bands
    }

    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        self.runs.len() * size_of::<u64>() + self.numbers.len() * 64
    }

    /// Whether one of the two is a copy of the other.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let (shared, shorter) = (shared(&self.runs, &other.runs), self.runs.len().min(other.runs.len()));
        let all = self.runs.len() + other.runs.len() - shared;
        shared * 100 >= shorter * CONTAINED && shared * 100 >= all * SHARED && self.has_numbers_of(other)
    }

    fn has_numbers_of(&self, other: &Self) -> bool {
        let count = |numbers: &BTreeMap<String, usize>| numbers.values().sum::<usize>();
        let fewer = count(&self.numbers).min(count(&other.numbers));
        let both = self.numbers.iter().map(|(number, count)| other.numbers.get(number).map_or(0, |there| *count.min(there))).sum::<usize>();
        both * 100 >= fewer * NUMBERS
    }
}

/// The characters that count: letters and digits, in their compatibility forms and lower case.
fn folded(plain: &str) -> impl Iterator<Item = char> + '_ {
    plain.chars().filter(|c| c.is_alphanumeric()).nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

/// Empty bins take the value of the next full one, changed by the distance, so that texts with the same runs stay the same.
fn fill(bins: &mut [u64; BINS]) {
    let full = *bins;
    for (at, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == u64::MAX) {
        let next = full.iter().cycle().skip(at).take(BINS).enumerate().find(|(_, value)| **value != u64::MAX);
        if let Some((distance, value)) = next {
            *bin = mixed(value ^ distance as u64);
        }
    }
}

/// How many values two sorted lists share.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut count = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                one.next();
                other.next();
            }
        }
    }
    count
}

/// A hash of a run that is the same on every machine.
fn hash(run: &[char]) -> u64 {
    run.iter().fold(0, |hash, c| mixed(hash ^ u64::from(u32::from(*c))))
}

/// Spreads the bits of a number (the finisher of `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "清晨五点半，城南的早市已经亮起了灯。卖豆腐的老周把木板一块块卸下来，热气顺着棚布往上爬，和对面包子铺的蒸汽混在一起。\
        他在这里摆了二十多年的摊，见过这条街从土路变成柏油路，也见过河边的柳树被移走又种回来。最近街道要改造，摊位得搬到两条街以外的新市场去，\
        租金不高，只是老主顾们要多走一段路。老周说，搬就搬吧，豆腐还是那个味道。他儿子在旁边帮忙收钱，用手机扫码，一边记账一边回邻居的消息。\
        等太阳从粮站的屋顶后面升起来，第一锅豆浆已经卖完，菜贩们开始互相招呼着换零钱。";
    const ENGLISH: &str = "The night bus to the coast leaves from a stand behind the old customs house, where a single lamp hangs over the \
        bench. Most of the passengers know each other: two nurses on their way home, a student with a cello, and an elderly man who carries \
        a basket of seedlings for his sister. The driver reads the list of stops aloud although nobody asks, and the engine takes three \
        attempts to start. Beyond the last suburb the road climbs through terraces of olives, and the windows fog until somebody wipes a \
        circle clear with a sleeve to watch the lights of the harbour come up out of the dark.";

    fn alike(one: &str, other: &str) -> bool {
        let (one, other) = (Likeness::of(one).unwrap(), Likeness::of(other).unwrap());
        assert_eq!(one.is_copy_of(&other), other.is_copy_of(&one), "it does not matter which comes first");
        one.is_copy_of(&other)
    }

    /// Whether the bands lead from one to the other.
    fn meet(one: &str, other: &str) -> bool {
        let (one, other) = (Likeness::of(one).unwrap().bands(), Likeness::of(other).unwrap().bands());
        one.iter().zip(other).any(|(a, b)| *a == b)
    }

    #[test]
    fn copies_are_found() {
        let header = format!("转载自：城南晚报，作者授权发布，未经许可不得再次转载。\n{CHINESE}");
        let footer = format!("{CHINESE}\n（责任编辑：小林）关注我们的公众号，获取更多本地新闻。");
        let words = CHINESE.replace("老周", "周师傅").replace("柏油路", "水泥路").replace("邻居", "朋友");
        let width = CHINESE.replace('，', ", ").replace('。', ". \n");
        let credited = format!("This story first appeared in the Harbour Gazette.\n\n{ENGLISH}\n\nRead more on our website.");
        let edited = ENGLISH.replace("elderly", "old").replace("seedlings", "plants").replace("cello", "violin");
        for (one, other) in [
            (CHINESE, header.as_str()),
            (CHINESE, &footer),
            (&header, &footer),
            (CHINESE, &words),
            (CHINESE, &width),
            (ENGLISH, &credited),
            (ENGLISH, &edited),
            (ENGLISH, &ENGLISH.to_uppercase()),
        ] {
            assert!(alike(one, other), "{other}");
            assert!(meet(one, other), "{other}");
        }
    }

    #[test]
    fn other_texts_about_the_same_are_none() {
        let chinese = "城南早市的改造方案昨天公布。按照计划，现有的一百多个摊位将分两批迁入新市场，第一批在月底前完成。新市场距原址约两条街，\
            设有停车场和公共卫生间，摊位租金维持不变。负责改造的工作人员表示，搬迁期间会安排临时摆渡车，方便老人前往。部分摊主担心客源减少，\
            也有人认为环境改善之后生意会更好。豆腐摊主周先生说，他已经在这条街上卖了二十多年豆腐，老主顾都认得他，只希望新市场开门能早一点。\
            原址将恢复为河边步道，并补种柳树，预计明年春天开放。市民可以在街道办事处查看详细图纸，并在两周内提出意见。";
        let english = "Customs officials reopened the old house by the harbour this week after repairs to its roof. Visitors can now see the \
            ledgers in which the night watch wrote down every cart of olives that came through the gate, and a small exhibition tells of the \
            bus line that has carried nurses, students and gardeners to the coast for sixty years. Admission is free until the end of the \
            season, and guided tours start at the stand behind the building on the first Sunday of each month.";
        assert!(!alike(CHINESE, chinese));
        assert!(!alike(ENGLISH, english));
        assert!(!alike(CHINESE, ENGLISH));
    }

    #[test]
    fn reports_of_one_form_with_other_figures_are_none() {
        let prices = |figures: [u32; 8]| {
            let names = ["大白菜", "萝卜", "土豆", "番茄", "黄瓜", "茄子", "青椒", "豆角"];
            let lines = names.iter().zip(figures).map(|(name, price)| {
                format!("{name}：批发价每公斤{}.{:02}元，货源充足，品质良好，各市场价格平稳，请经营户合理安排进货。\n", price / 100, price % 100)
            });
            format!("本市农产品批发市场今日价格行情，数据由各市场报送，仅供参考。\n{}", lines.collect::<String>())
        };
        assert!(!alike(&prices([210, 180, 265, 540, 430, 385, 620, 715]), &prices([235, 175, 270, 505, 465, 390, 655, 730])));
        let weekly = |number: u32, topics: &str| {
            format!(
                "Welcome to issue {number} of the weekly letter. As always, this letter collects what happened in the project since the last \
                 one, and every contribution is welcome: reply to this message or open a request in the repository. This week: {topics}. \
                 Thanks to everybody who wrote, tested and reviewed; see the calendar for the next meeting."
            )
        };
        let one = weekly(512, "the parser learned to read nested lists, the scheduler was rewritten, and twelve reports were closed");
        let other = weekly(513, "a new release candidate is out, the documentation moved to its own site, and the logo contest has ended");
        assert!(!alike(&one, &other));
    }

    #[test]
    fn who_quotes_a_text_and_says_as_much_is_no_copy() {
        let comment = CHINESE.chars().rev().collect::<String>();
        assert!(!alike(CHINESE, &format!("{CHINESE}\n{comment}")));
    }

    #[test]
    fn short_texts_have_none() {
        assert_eq!(Likeness::of("早市。"), None);
        assert_eq!(Likeness::of(&"，。 ".repeat(500)), None);
        assert!(Likeness::of(&CHINESE.chars().take(260).collect::<String>()).is_some());
    }

    #[test]
    fn it_is_the_same_everywhere() {
        let bands = Likeness::of(CHINESE).unwrap().bands();
        assert_eq!(bands, Likeness::of(CHINESE).unwrap().bands());
        assert_eq!(hash(&['早', '市', 'a', 'b', 'c']), 14_978_987_636_493_039_905, "on every machine");
    }

    #[test]
    fn huge_texts_are_cut() {
        let long: String = ('一'..='龥').cycle().take(2_000_000).collect();
        assert!(Likeness::of(&long).unwrap().runs.len() <= LONGEST);
    }
}
