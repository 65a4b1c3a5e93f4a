//! Which language the program speaks.
//!
//! In: `--lang`, and `LC_ALL`, `LC_MESSAGES`, `LANG` as POSIX ranks them. Out: the words for people, and the command line's own
//! help in them. All of Chinese, in whatever script or place, gets simplified characters.

use super::args::Lang;
use crate::report::Words;
use clap::Command;
use clap::builder::Resettable;

/// The words for people: what was asked for, else those of the environment.
#[expect(clippy::disallowed_methods, reason = "cli/ is where the environment is read")]
pub(super) fn words(asked: Option<Lang>) -> Words {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    asked.map_or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).map_or(Words::English, |locale| Words::of(&locale)), Lang::words)
}

/// The same before the arguments are read, for the help.
pub(super) fn spoken() -> Words {
    words(asked(&std::env::args().collect::<Vec<_>>()))
}

/// What `--lang` says, the last time that it stands there.
fn asked(arguments: &[String]) -> Option<Lang> {
    let mut asked = None;
    for (at, argument) in arguments.iter().enumerate().take_while(|(_, argument)| *argument != "--") {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.get(at + 1).map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        asked = match value {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => asked,
        };
    }
    asked
}

/// The commands with what their verbs and options are for in these words.
pub(super) fn command(mut command: Command, words: Words) -> Command {
    if words == Words::English {
        return command;
    }
    if let Some(said) = command.get_about().and_then(|about| words.translation(&about.to_string())) {
        // The long description is English; the short one says it all.
        command = command.long_about(Resettable::Reset).about(said);
    }
    command = command.mut_args(|argument| match argument.get_help().and_then(|help| words.translation(&help.to_string())) {
        Some(said) => argument.long_help(Resettable::Reset).help(said),
        None => argument,
    });
    command.mut_subcommands(|verb| self::command(verb, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_can_be_asked_for_anywhere() {
        let asked = |words: &str| asked(&words.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>());
        for (words, language) in [
            ("feedloom build --lang zh", Some(Lang::Zh)),
            ("feedloom --lang=en build", Some(Lang::En)),
            ("feedloom --lang zh build --lang en", Some(Lang::En)),
            ("feedloom build --language zh", None),
            ("feedloom lint -- --lang zh", None),
            ("feedloom build --lang", None),
        ] {
            assert_eq!(asked(words), language, "{words}");
        }
    }
}
