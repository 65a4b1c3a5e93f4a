//! Rules of RSS as it is best written.

use super::Sample::{Channel, Item};
use super::{Rule, row};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    row(
        Code::MisplacedItem,
        "MisplacedItem",
        "move the items to the end",
        "Readers that stop after some items never see what follows.",
        Channel("<item><title>t</title></item><copyright>c</copyright>"),
        Channel("<copyright>c</copyright><item><title>t</title></item>"),
    ),
    row(
        Code::ContentBeforeDescription,
        "NeedDescriptionBeforeContent",
        "put description, with a summary, before content:encoded",
        "Some readers take whatever comes last.",
        Item("<title>t</title><content:encoded>x</content:encoded>"),
        Item("<title>t</title><description>x</description><content:encoded>x</content:encoded>"),
    ),
    row(
        Code::CommentsWithoutDate,
        "SlashDate",
        "add lastBuildDate to the channel",
        "The number of comments changes; readers cannot tell how old it is.",
        Item("<title>t</title><slash:comments>3</slash:comments>"),
        Channel("<lastBuildDate>Fri, 14 Feb 2025 10:00:00 GMT</lastBuildDate><item><title>t</title><slash:comments>3</slash:comments></item>"),
    ),
    row(
        Code::MidnightNotZero,
        "UseZeroForMidnight",
        "write 0",
        "Hours go from 0 to 23.",
        Channel("<skipHours><hour>24</hour></skipHours>"),
        Channel("<skipHours><hour>0</hour></skipHours>"),
    ),
    row(
        Code::TextInput,
        "AvoidTextInput",
        "take it out",
        "No reader shows it.",
        Channel("<textInput><title>t</title><description>d</description><name>n</name><link>https://a.example/</link></textInput>"),
        Channel(""),
    ),
];
