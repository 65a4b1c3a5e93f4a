//! Names of months in the languages of the feeds of this world.
//!
//! In: a word as it stands in a date. Out: the month, from 1. Case and diacritics do not count; a word that is cut short
//! counts where it can be one month only. Names of weekdays are not needed: what they say is known better from the date.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Per month: whole names with their genitives, and those short ones that are no beginning of a whole one or would be of
/// two. Small letters without diacritics. English is read elsewhere and comes first.
const MONTHS: [&str; 12] = [
    "januar janvier enero gennaio janeiro januari styczen stycznia январь января leden ledna ocak ιανουαριοσ ιανουαριου gener \
     ianuarie tammikuu tammikuuta січень січня януари januarja januara jaanuar يناير",
    "februar fevrier febrero febbraio fevereiro februari luty lutego февраль февраля unor unora subat φεβρουαριοσ φεβρουαριου \
     febrer februarie helmikuu helmikuuta лютии лютого февруари februara veebruar فبراير",
    "mar mars marz maerz marzo marco maart mrt marts marzec marca март марта мар brezen brezna mart μαρτιοσ μαρτιου marcius \
     martie maaliskuu maaliskuuta березень березня marec maret مارس",
    "avril avr abril aprile kwiecien kwietnia апрель апреля duben dubna nisan απριλιοσ απριλιου aprilis aprilie huhtikuu \
     huhtikuuta квітень квітня април aprila aprill ابريل",
    "mai mayo maggio maio mei maj maja маи мая kveten kvetna mayis μαι μαιοσ μαιου maig majus toukokuu toukokuuta травень \
     травня مايو",
    "juin junio giugno junho juni czerwiec czerwca июнь июня cerven cervna cvn haziran ιουνιοσ ιουνιου ιον juny junius iunie \
     kesakuu kesakuuta червень червня юни juna juuni يونيو",
    "juillet jul julio luglio julho juli lipiec lipca июль июля cervenec cervence cvc temmuz ιουλιοσ ιουλιου ιολ juliol \
     julius iulie heinakuu heinakuuta липень липня юли jula juuli يوليو",
    "aout agosto augustus augusti sierpien sierpnia август августа srpen srpna agustos αυγουστοσ αυγουστου agost augusztus \
     aujusztus elokuu elokuuta серпень серпня agustus augusta اغسطس",
    "septembre septiembre setiembre settembre setembro wrzesien wrzesnia сентябрь сентября zari eylul σεπτεμβριοσ σεπτεμβριου \
     setembre szeptember septembrie syyskuu syyskuuta вересень вересня септември septembra سبتمبر",
    "oktober octobre octubre ottobre outubro pazdziernik pazdziernika октябрь октября rijen rijna ekim οκτωβριοσ οκτωβριου \
     octombrie lokakuu lokakuuta жовтень жовтня октомври oktobra oktoober اكتوبر",
    "novembre noviembre novembro listopad listopadu listopada ноябрь ноября kasim νοεμβριοσ νοεμβριου noiembrie marraskuu \
     marraskuuta ноември novembra نوفمبر",
    "dezember decembre diciembre dicembre dezembro desember desembre grudzien grudnia декабрь декабря prosinec prosince \
     aralik δεκεμβριοσ δεκεμβριου decembrie joulukuu joulukuuta грудень грудня декември decembra detsember ديسمبر",
];

/// The fewest letters that a name may be cut to.
const SHORTEST: usize = 3;

/// The month of that name; a damaged letter (U+FFFD) stands for any.
pub(super) fn month(word: &str) -> Option<u32> {
    let folded = fold(word);
    let is_long = folded.chars().count() >= SHORTEST;
    let is_whole = !folded.contains(char::REPLACEMENT_CHARACTER);
    let (mut found, mut clash) = (None, false);
    for (number, names) in (1..).zip(MONTHS) {
        for name in names.split(' ') {
            match after(name, &folded) {
                Some("") if is_whole => return Some(number),
                Some(_) if is_long => {
                    clash |= found.is_some_and(|other| other != number);
                    found = Some(number);
                }
                _ => {}
            }
        }
    }
    found.filter(|_| !clash)
}

/// Small letters without diacritics.
fn fold(word: &str) -> String {
    let small = word.chars().flat_map(char::to_lowercase);
    small
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| {
            if c == 'ı' {
                'i'
            } else if c == 'ς' {
                'σ'
            } else {
                c
            }
        })
        .collect()
}

/// What of the name comes behind the beginning.
fn after<'a>(name: &'a str, beginning: &str) -> Option<&'a str> {
    let mut letters = name.chars();
    for wanted in beginning.chars() {
        letters.next().filter(|found| *found == wanted || wanted == char::REPLACEMENT_CHARACTER)?;
    }
    Some(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_unique() {
        for (number, names) in (1..).zip(MONTHS) {
            for name in names.split(' ') {
                assert_eq!(fold(name), name);
                assert_eq!(month(name), Some(number), "{name}");
            }
        }
    }

    #[test]
    fn short_names_are_read_when_they_are_clear() {
        let words = "févr=2 Mär=3 août=8 AOÛT=8 déc=12 ene=1 dic=12 gen=1 mag=5 giu=6 lug=7 set=9 ott=10 out=10 \
            dez=12 okt=10 paź=10 wrz=9 lis=11 kwi=4 lip=7 янв=1 мая=5 мая=5 сент=9 led=1 úno=2 říj=10 \
            srp=8 čvc=7 Şub=2 Ağu=8 Kası=11 Ιούλ=7 Αύγ=8 Μάι=5 július=7 márc=3 szept=9 juil=7 ao\u{FFFD}t=8 f\u{FFFD}vrier=2";
        for (word, number) in words.split(' ').filter_map(|pair| pair.split_once('=')) {
            assert_eq!(month(word), number.parse().ok(), "{word}");
        }
        // June and July begin alike; two letters are too few.
        for word in ["jui", "ju", "červ", "a", "", "\u{FFFD}\u{FFFD}\u{FFFD}", "monat"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
