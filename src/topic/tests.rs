//! The plan as a whole: tables for each rule, then laws that hold for any heads.

use super::*;
use crate::diagnostic::Code;
use crate::model::{Head, Id, Language, Origin, Term, Timestamp};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A head: id, day of January 2025 (0: none), language (empty: none), terms as `taxonomy:name` or `taxonomy:a>b`, apart by
/// commas.
fn head(id: &str, day: u32, language: &str, terms: &str) -> Head {
    let mut head = Head::new(Id::opaque(id), format!("{id}.md"), 0);
    head.published = Timestamp::parse_rfc3339(&format!("2025-01-{day:02}T00:00:00Z"));
    head.language = Language::parse(language);
    head.terms = terms.split(',').filter_map(|term| term.split_once(':')).map(|(taxonomy, path)| nested(taxonomy, path)).collect();
    head
}

fn nested(taxonomy: &str, path: &str) -> Term {
    Term::nested(taxonomy, path.split('>').map(Arc::from).collect())
}

fn tag(text: &str) -> Language {
    Language::parse(text).unwrap()
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn aliases(name: &str, others: &[&str]) -> BTreeMap<String, Vec<String>> {
    [(name.to_owned(), others.iter().map(|&other| other.to_owned()).collect())].into()
}

fn paths(plan: &Plan) -> Vec<&str> {
    plan.topics.iter().map(|topic| topic.path.as_str()).collect()
}

fn topic<'a>(plan: &'a Plan, path: &str) -> &'a Topic {
    plan.topics.iter().find(|topic| topic.path == path).unwrap_or_else(|| panic!("no {path} in {:?}", paths(plan)))
}

/// The ids that a topic shows.
fn shown<'a>(heads: &'a [Head], plan: &Plan, path: &str) -> Vec<&'a str> {
    topic(plan, path).heads.iter().map(|&index| heads[index].id.as_str()).collect()
}

fn findings(plan: &Plan) -> Vec<(Code, &str)> {
    plan.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect()
}

fn custom(name: &str, query: &str) -> CustomTopic {
    CustomTopic::new(name, format!("{name}!"), Query::parse(query).unwrap())
}

#[test]
fn no_article_still_makes_the_site() {
    let options = Options { site_title: "文摘".into(), site_language: Some(tag("zh-CN")), ..Options::default() };
    let plan = plan(&[], &options);
    assert_eq!(plan.topics.len(), 1);
    let site = &plan.topics[0];
    assert_eq!((site.kind, site.path.as_str(), site.title.as_str(), site.count), (TopicKind::Site, "", "文摘", 0));
    assert_eq!(site.language, Some(tag("zh-CN")));
    assert_eq!(plan.findings, []);
    assert_eq!(plan.terms_of(0).count(), 0);
}

#[test]
fn a_part_of_a_plan_says_the_same_of_its_heads() {
    let heads = [head("a", 1, "", "tag:x"), head("b", 2, "", "tag:y,category:k"), head("c", 3, "", "tag:x,tag:z"), head("d", 4, "", "")];
    let plan = plan(&heads, &Options::default());
    let x = plan.topics.iter().position(|topic| topic.path == "tags/x").unwrap();
    let (part, numbers) = plan.part(&[x]);
    assert_eq!(numbers, [0, 2]);
    let [topic] = part.topics.as_slice() else { panic!("one topic") };
    assert_eq!(topic.heads.iter().map(|head| numbers[*head]).collect::<Vec<_>>(), plan.topics[x].heads);
    assert_eq!(Topic { heads: Vec::new(), ..topic.clone() }, Topic { heads: Vec::new(), ..plan.topics[x].clone() });
    for (new, old) in numbers.iter().enumerate() {
        assert!(part.terms_of(new).eq(plan.terms_of(*old)));
    }
}

#[test]
fn topics_stand_in_order() {
    let heads = [
        head("a", 1, "", "tag:x,category:乙"),
        head("b", 2, "", "tag:x,category:甲,series:连载"),
        head("c", 3, "", "tag:y,category:丙"),
        head("d", 4, "", "category:丙"),
    ];
    let options = Options { custom: vec![custom("z", "tag:x"), custom("a", "tag:y")], site_title: "文摘".into(), ..Options::default() };
    let plan = plan(&heads, &options);
    assert_eq!(paths(&plan), ["", "categories/丙", "categories/乙", "categories/甲", "tags/x", "tags/y", "z", "a"]);
    assert_eq!(plan.findings, []);
    let x = topic(&plan, "tags/x");
    assert_eq!((x.kind, x.term.as_str(), x.slug.as_str(), x.title.as_str(), x.count), (TopicKind::Term, "x", "x", "x · 文摘", 2));
    assert_eq!(x.taxonomy, Some(Taxonomy::named("tag")));
    assert_eq!(x.parent, None);
    assert_eq!(shown(&heads, &plan, "tags/x"), ["b", "a"]);
    assert_eq!((topic(&plan, "z").kind, topic(&plan, "z").title.as_str()), (TopicKind::Custom, "z!"));
}

#[test]
fn spellings_meet_in_one_term() {
    let heads = [head("a", 1, "", "tag:Rust"), head("b", 2, "", "tag:ＲＵＳＴ,tag:rust"), head("c", 3, "", "tag: rust ")];
    let plan = plan(&heads, &Options::default());
    assert_eq!(paths(&plan), ["", "tags/rust"]);
    assert_eq!((topic(&plan, "tags/rust").term.as_str(), topic(&plan, "tags/rust").count), ("rust", 3));
    let tie = super::plan(&[head("a", 1, "", "tag:b"), head("b", 1, "", "tag:B")], &Options::default());
    assert_eq!(topic(&tie, "tags/b").term, "B");
}

#[test]
fn an_alias_gives_the_name() {
    let heads = [head("a", 1, "", "tag:AI"), head("b", 2, "", "tag:ai"), head("c", 3, "", "tag:人工智能,tag:Ai,category:AI>应用")];
    let options = Options { aliases: aliases("人工智能", &["ai"]), ..Options::default() };
    let plan = plan(&heads, &options);
    assert_eq!(paths(&plan), ["", "categories/人工智能", "categories/人工智能/应用", "tags/人工智能"]);
    assert_eq!(topic(&plan, "tags/人工智能").count, 3);
    assert_eq!(topic(&plan, "categories/人工智能/应用").term, "人工智能/应用");
    let written: Vec<_> = plan.terms_of(2).map(|term| (term.taxonomy.as_str(), term.term.as_str())).collect();
    assert_eq!(written, [("tag", "人工智能"), ("category", "人工智能/应用")]);
}

#[test]
fn hierarchies_roll_up_once() {
    let heads = [
        head("a", 1, "", "category:出行>铁路,category:出行>公路,category:出行"),
        head("b", 2, "", "category:出行>铁路"),
        head("c", 3, "", "category:铁路,tag:出行/铁路"),
        head("d", 4, "", "category:>出行>  >铁路,category:  "),
    ];
    let plan = plan(&heads, &Options::default());
    assert_eq!(paths(&plan), ["", "categories/出行", "categories/出行/铁路", "categories/出行/公路", "categories/铁路", "tags/出行-铁路"]);
    assert_eq!(shown(&heads, &plan, "categories/出行"), ["d", "b", "a"]);
    let rail = topic(&plan, "categories/出行/铁路");
    assert_eq!((rail.term.as_str(), rail.slug.as_str(), rail.parent.as_deref()), ("出行/铁路", "出行/铁路", Some("categories/出行")));
    let written: Vec<_> = plan.terms_of(0).map(|term| term.term.as_str()).collect();
    assert_eq!(written, ["出行/铁路", "出行/公路", "出行"]);
    assert_eq!(plan.terms_of(3).count(), 1);
}

#[test]
fn the_limit_cuts_and_few_entries_hide() {
    let heads: Vec<Head> = (1..=5).map(|day| head(&format!("h{day}"), day, "", if day == 5 { "tag:x,tag:y,mood:好" } else { "tag:x" })).collect();
    let limited = plan(&heads, &Options { limit: 2, min_entries: 2, ..Options::default() });
    assert_eq!(paths(&limited), ["", "tags/x"]);
    assert_eq!(shown(&heads, &limited, "tags/x"), ["h5", "h4"]);
    assert_eq!(topic(&limited, "tags/x").count, 5);
    let terms: Vec<_> = limited.terms_of(4).map(|term| (term.slug.as_str(), term.path.as_deref())).collect();
    assert_eq!(terms, [("x", Some("tags/x")), ("y", None), ("好", None)]);
    let all = plan(&heads, &Options { limit: 0, min_entries: 0, ..Options::default() });
    assert_eq!(topic(&all, "").heads.len(), 5);
    assert_eq!(paths(&all), ["", "tags/x", "tags/y"]);
}

#[test]
fn slugs_have_exceptions() {
    let heads = [head("a", 1, "", "tag:C++,tag:机器学习,tag:ＮＥＴ")];
    let options = Options { slugs: SlugStyle::Pinyin, slug_map: pairs(&[("c++", "Cpp"), ("net", "../x")]), ..Options::default() };
    assert_eq!(paths(&plan(&heads, &options)), ["", "tags/Cpp", "tags/ji-qi-xue-xi", "tags/x"]);
}

#[test]
fn of_two_terms_with_one_address_the_larger_keeps_it() {
    let heads =
        [head("a", 1, "", "tag:TCP/IP,category:事实"), head("b", 2, "", "tag:tcp ip,category:实施"), head("c", 3, "", "tag:tcp ip,category:x")];
    let plan = plan(&heads, &Options { slugs: SlugStyle::Pinyin, ..Options::default() });
    let terms: BTreeMap<&str, &str> = plan.topics.iter().map(|topic| (topic.term.as_str(), topic.path.as_str())).collect();
    assert_eq!(terms["tcp ip"], "tags/tcp-ip");
    assert!(terms["TCP/IP"].starts_with("tags/tcp-ip-") && terms["TCP/IP"].len() == "tags/tcp-ip-".len() + 6, "{terms:?}");
    assert_eq!(terms["事实"], "categories/shi-shi");
    assert!(terms["实施"].starts_with("categories/shi-shi-"), "{terms:?}");
    let found = findings(&plan);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(code, _)| *code == Code::TermCollision));
    assert!(found[0].1.contains("the category \"实施\"") && found[0].1.contains("the category \"事实\""), "{found:?}");
    let slug = &plan.terms_of(0).next().unwrap().slug;
    assert_eq!(format!("tags/{slug}"), terms["TCP/IP"]);
}

#[test]
fn children_follow_a_parent_that_gave_way() {
    let heads = [head("a", 1, "", "category:a/b"), head("b", 2, "", "category:a/b"), head("c", 3, "", "category:a b>c")];
    let plan = plan(&heads, &Options::default());
    let child = plan.topics.iter().find(|topic| topic.term == "a b/c").unwrap();
    assert_eq!(child.path, format!("{}/c", child.parent.as_deref().unwrap()));
    assert!(child.parent.as_deref().unwrap().starts_with("categories/a-b-"));
}

#[test]
fn one_folder_for_all_taxonomies_still_has_room_for_all() {
    let heads = [
        head("a", 1, "zh-CN", "category:科技,tag:科技,tag:en"),
        head("b", 2, "en", "tag:科技,tag:rss.xml"),
        head("c", 3, "", "category:INDEX.html>x"),
    ];
    let options = Options { path: "/{slug}/".into(), split_by_language: true, custom: vec![custom("科技", "tag:en")], ..Options::default() };
    let plan = plan(&heads, &options);
    let kind = |path: &str| (topic(&plan, path).kind, topic(&plan, path).taxonomy.as_ref().map(|taxonomy| taxonomy.name.as_str()));
    assert_eq!(kind("科技"), (TopicKind::Term, Some("tag")));
    // One article each, and one name: the term comes before the site's part in English.
    assert_eq!(kind("en"), (TopicKind::Term, Some("tag")));
    assert!(paths(&plan).iter().any(|path| path.starts_with("en-")), "{:?}", paths(&plan));
    assert!(paths(&plan).iter().any(|path| path.starts_with("rss.xml-")), "{:?}", paths(&plan));
    let index = plan.topics.iter().find(|topic| topic.term == "INDEX.html/x").unwrap();
    assert!(index.path.starts_with("index.html-") && index.path.ends_with("/x"), "{}", index.path);
    assert_eq!(plan.findings.iter().filter(|finding| finding.code == Code::TermCollision).count(), 5, "{:#?}", findings(&plan));
}

#[test]
fn a_hidden_term_takes_no_address_from_a_visible_one() {
    let heads = [head("a", 1, "", "mood:x,tag:y"), head("b", 2, "", "mood:x,tag:x"), head("c", 3, "", "mood:x")];
    let plan = plan(&heads, &Options { path: "{slug}".into(), ..Options::default() });
    assert_eq!(paths(&plan), ["", "x", "y"]);
    assert_eq!(plan.findings, []);
}

#[test]
fn path_templates() {
    let heads = [head("a", 1, "", "tag:出行,category:出行>铁路")];
    for (template, expected) in [
        ("{taxonomy}/{slug}", "tags/出行"),
        ("topics//{taxonomy}-{slug}/", "topics/tags-出行"),
        ("{slug}/{taxonomy}", "出行/tags"),
        ("a b\\c/{taxonomy}/{slug}", "a-b-c/tags/出行"),
    ] {
        let plan = plan(&heads, &Options { path: template.into(), ..Options::default() });
        assert!(paths(&plan).contains(&expected), "{template}: {:?}", paths(&plan));
        assert_eq!(plan.findings, [], "{template}");
    }
    for (template, problem) in [
        ("{taxonomy}", "feeds.path: expected {slug}, found the end at character 11"),
        ("x/../{slug}", "feeds.path: expected the name of a folder, found .. at character 3"),
        ("{slug}/{file}", "feeds.path: expected one of {taxonomy} {slug}, found {file} at character 8"),
    ] {
        let plan = plan(&heads, &Options { path: template.into(), ..Options::default() });
        assert_eq!(findings(&plan), [(Code::BadValue, problem)]);
        assert!(paths(&plan).contains(&"tags/出行"));
    }
    let titles = plan(&heads, &Options { titles: "{x}".into(), ..Options::default() });
    assert_eq!(titles.findings[0].code, Code::BadValue);
}

#[test]
fn titles_speak_the_language_of_the_feed() {
    let heads = [head("a", 1, "zh-TW", "tag:甲"), head("b", 2, "en", "tag:b"), head("c", 3, "", "tag:丙")];
    let options = Options {
        titles: "{taxonomy}：{term} ({language}) | {site}".into(),
        site_title: "文摘".into(),
        site_language: Some(tag("zh-CN")),
        ..Options::default()
    };
    let plan = plan(&heads, &options);
    assert_eq!(topic(&plan, "tags/甲").title, "標籤：甲 (zh-TW) | 文摘");
    assert_eq!(topic(&plan, "tags/b").title, "tag：b (en) | 文摘");
    assert_eq!(topic(&plan, "tags/丙").title, "标签：丙 | 文摘");
}

#[test]
fn a_feed_may_have_its_own_language() {
    let heads = [head("a", 1, "zh-CN", "tag:甲,category:甲,tag:AI")];
    let options = Options {
        languages: [("tags/甲", "ja"), ("智能", "ko"), ("", "en")].map(|(key, value)| (key.to_owned(), tag(value))).into(),
        aliases: aliases("智能", &["ai"]),
        custom: vec![CustomTopic { language: Some(tag("fr")), ..custom("p", "tag:甲") }],
        ..Options::default()
    };
    let plan = plan(&heads, &options);
    for (path, expected) in [("", "en"), ("tags/甲", "ja"), ("categories/甲", "zh-CN"), ("tags/智能", "ko"), ("p", "fr")] {
        assert_eq!(topic(&plan, path).language, Some(tag(expected)), "{path}");
    }
}

#[test]
fn the_language_is_that_of_the_entries_that_are_shown() {
    let heads = [head("a", 1, "en", "tag:x"), head("b", 2, "en", "tag:x"), head("c", 3, "zh", "tag:x")];
    let plan = plan(&heads, &Options { limit: 1, ..Options::default() });
    assert_eq!(topic(&plan, "tags/x").language, Some(tag("zh")));
}

#[test]
fn mixed_topics_are_split_by_language() {
    let heads = [
        head("a", 1, "zh-CN", "tag:x,tag:y"),
        head("b", 2, "zh-Hans", "tag:x"),
        head("c", 3, "en", "tag:x"),
        head("d", 4, "", "tag:x,tag:y"),
        head("e", 5, "zh-TW", "tag:z"),
    ];
    let options = Options { split_by_language: true, site_title: "文摘".into(), site_language: Some(tag("zh-CN")), ..Options::default() };
    let plan = plan(&heads, &options);
    assert_eq!(paths(&plan), ["", "zh-cn", "en", "zh-tw", "tags/x", "tags/x/zh-cn", "tags/x/en", "tags/y", "tags/z"]);
    assert_eq!(shown(&heads, &plan, "tags/x/zh-cn"), ["b", "a"]);
    let part = topic(&plan, "tags/x/en");
    assert_eq!((part.kind, part.title.as_str(), part.term.as_str(), part.slug.as_str()), (TopicKind::Language, "x · 文摘 (en)", "en", "x/en"));
    assert_eq!((part.parent.as_deref(), part.language.clone()), (Some("tags/x"), Some(tag("en"))));
    assert_eq!(topic(&plan, "zh-tw").parent.as_deref(), Some(""));
    let named = super::plan(&heads, &Options { titles: "{term} [{language}]".into(), ..options });
    assert_eq!(topic(&named, "tags/x/en").title, "x [en]");
}

#[test]
fn languages_can_be_a_taxonomy() {
    let heads = [head("a", 1, "zh", ""), head("b", 2, "zh-CN", ""), head("c", 3, "en", "tag:x"), head("d", 4, "", "")];
    let options = Options {
        taxonomies: ["language", "tag"].map(Taxonomy::named).to_vec(),
        site_language: Some(tag("zh-CN")),
        aliases: aliases("English", &["en"]),
        ..Options::default()
    };
    let plan = plan(&heads, &options);
    assert_eq!(paths(&plan), ["", "languages/zh-cn", "languages/english", "tags/x"]);
    assert_eq!((topic(&plan, "languages/zh-cn").term.as_str(), topic(&plan, "languages/zh-cn").count), ("zh-CN", 2));
    assert_eq!(plan.terms_of(2).map(|term| term.term.as_str()).collect::<Vec<_>>(), ["x"]);
}

#[test]
fn queries_choose() {
    let mut outside = head("e", 5, "", "category:外电");
    outside.path = "https://example.com/feed".into();
    outside.origin = Some(Arc::new(Origin::new(Id::opaque("urn:x"))));
    let heads = [
        head("a", 1, "zh-CN", "category:出行>铁路,tag:AI"),
        head("b", 2, "zh-TW", "category:出行,author:周小满"),
        head("c", 3, "en-GB", "category:科技,tag:广告"),
        head("d", 0, "en", "category:科技,tag:出行/铁路"),
        outside,
    ];
    let table = [
        ("category:出行", "b a"),
        ("category:出行/铁路", "a"),
        ("categories:\"出行/铁路\"", "a"),
        ("tag:出行/铁路", "d"),
        ("tag:人工智能", "a"),
        ("tag:ＡＩ", "a"),
        ("category:科技 and not tag:广告", "d"),
        ("author:周小满 or tag:ai", "b a"),
        ("lang:zh", "a"),
        ("lang:zh-hant", "b"),
        ("lang:en", "c d"),
        ("language:en-GB", "c"),
        ("source:urn:x", "e"),
        ("source:https://example.com/feed", "e"),
        ("after:2025-01-03", "e c"),
        ("before:2025-01-02", "a"),
        ("after:2025-01-02T08:00:00+08:00 before:2025-01-03", "b"),
        ("not (category:出行 or category:科技)", "e"),
    ];
    for (query, expected) in table {
        let options = Options { custom: vec![custom("q", query)], aliases: aliases("人工智能", &["AI"]), ..Options::default() };
        let plan = plan(&heads, &options);
        assert_eq!(shown(&heads, &plan, "q").join(" "), expected, "{query}");
        assert_eq!(plan.findings, [], "{query}");
    }
}

#[test]
fn queries_that_name_nothing_are_findings() {
    let heads = [head("a", 1, "en", "category:出行>铁路,tag:programming")];
    let table = [
        ("tag:programing", "no article has the tag \"programing\"", Some("did you mean \"programming\"?")),
        ("category:铁路", "no article has the category \"铁路\"", Some("did you mean \"出行/铁路\"?")),
        ("categroy:出行", "no article has a \"categroy\"", Some("did you mean \"category\"?")),
        ("mood:好", "no article has a \"mood\"", None),
        ("lang:fr", "no article is in the language \"fr\"", None),
        ("source:x", "no article is from the source \"x\"", None),
    ];
    for (query, message, help) in table {
        let plan = plan(&heads, &Options { custom: vec![custom("q", query)], ..Options::default() });
        assert_eq!(findings(&plan), [(Code::QueryUnmatched, format!("the query of the topic \"q\": {message}").as_str())]);
        assert_eq!(plan.findings[0].help.as_deref(), help);
        assert_eq!(topic(&plan, "q").count, 0);
    }
}

#[test]
fn moved_terms_keep_their_old_address() {
    let heads = [head("a", 1, "zh-CN", "category:人工智能,tag:人工智能"), head("b", 2, "zh-CN", "category:机器学习>应用")];
    let options = Options { moved: pairs(&[("机器学习", "人工智能")]), site_title: "文摘".into(), ..Options::default() };
    let plan = plan(&heads, &options);
    assert_eq!(
        paths(&plan),
        ["", "categories/人工智能", "categories/人工智能/应用", "tags/人工智能", "categories/机器学习", "categories/机器学习/应用", "tags/机器学习"]
    );
    let (old, new) = (topic(&plan, "categories/机器学习"), topic(&plan, "categories/人工智能"));
    assert_eq!((old.kind, old.term.as_str(), old.slug.as_str()), (TopicKind::Moved, "机器学习", "机器学习"));
    assert_eq!((&old.heads, old.count, &old.title, &old.language), (&new.heads, 2, &new.title, &new.language));
    assert_eq!(old.parent.as_deref(), Some("categories/人工智能"));
    assert_eq!(plan.findings, []);
}

#[test]
fn a_move_needs_a_goal_and_room() {
    let heads = [head("a", 1, "", "tag:new"), head("b", 2, "", "tag:old name")];
    let moved = |moves: &[(&str, &str)]| plan(&heads, &Options { moved: pairs(moves), ..Options::default() });
    let nowhere = moved(&[("x", "y")]);
    assert_eq!(findings(&nowhere), [(Code::MovedNowhere, "expected a topic where \"x\" is now, found none with the name \"y\"")]);
    let taken = moved(&[("Old/Name", "new")]);
    assert_eq!(taken.findings[0].code, Code::TermCollision);
    assert_eq!(topic(&taken, "tags/old-name").kind, TopicKind::Term);
    let same_address = moved(&[("NEW!", "new"), ("new-", "new")]);
    assert_eq!(paths(&same_address), ["", "tags/new", "tags/old-name", "tags/new!"]);
    let circle = moved(&[("new", "newer"), ("newer", "new")]);
    assert_eq!(circle.findings[0].code, Code::MovedNowhere);
    assert_eq!(paths(&circle), ["", "tags/newer", "tags/old-name", "tags/new"]);
    let chain = moved(&[("a", "b"), ("b", "new")]);
    assert_eq!(paths(&chain), ["", "tags/new", "tags/old-name", "tags/a", "tags/b"]);
}

fn any_head() -> impl Strategy<Value = Head> {
    let name = prop_oneof![
        "[a-c]{1,2}",
        Just("A".to_owned()),
        Just("ａ".to_owned()),
        Just("a/b".to_owned()),
        Just("a b".to_owned()),
        Just("出行".to_owned()),
        Just("初行".to_owned()),
        Just("///".to_owned()),
        Just("rss.xml".to_owned()),
        Just("en".to_owned()),
        Just("ß".to_owned()),
        Just("con".to_owned()),
        any::<String>(),
    ];
    let term = (prop_oneof![Just("category"), Just("tag"), Just("mood")], prop::collection::vec(name.prop_map(Arc::from), 1..4))
        .prop_map(|(taxonomy, path)| Term::nested(taxonomy, path));
    let language = prop_oneof![Just(""), Just("zh"), Just("zh-CN"), Just("zh-TW"), Just("en")];
    (0..30_u32, language, prop::collection::vec(term, 0..5)).prop_map(|(day, language, terms)| {
        let mut head = head("", day, language, "");
        head.terms = terms;
        head
    })
}

fn any_heads() -> impl Strategy<Value = Vec<Head>> {
    prop::collection::vec(any_head(), 0..12).prop_map(|mut heads| {
        for (index, head) in heads.iter_mut().enumerate() {
            head.id = Id::opaque(format!("id{index}"));
            head.place = format!("{index}.md").into();
        }
        heads
    })
}

fn any_options() -> impl Strategy<Value = Options> {
    let path = prop_oneof![Just("{taxonomy}/{slug}"), Just("{slug}"), Just("{slug}/{taxonomy}")];
    let style = prop_oneof![Just(SlugStyle::Keep), Just(SlugStyle::Pinyin), Just(SlugStyle::Ascii)];
    (path, style, any::<bool>(), 0..4_usize, 1..3_usize, any::<bool>()).prop_map(|(path, slugs, split, limit, min_entries, alias)| Options {
        path: path.to_owned(),
        slugs,
        split_by_language: split,
        limit,
        min_entries,
        site_title: "文摘".into(),
        site_language: Some(tag("zh-CN")),
        taxonomies: ["category", "tag", "language"].map(Taxonomy::named).to_vec(),
        aliases: if alias { aliases("出行", &["a", "B"]) } else { BTreeMap::new() },
        moved: if alias { pairs(&[("c", "出行"), ("a b", "b"), ("b", "en")]) } else { BTreeMap::new() },
        custom: vec![custom("en", "tag:a or not category:出行"), custom("En", "lang:zh")],
        ..Options::default()
    })
}

proptest! {
    #[test]
    fn the_order_of_heads_decides_nothing(heads in any_heads(), options in any_options(), turn in 0..12_usize) {
        let mut other = heads.clone();
        other.rotate_left(turn % heads.len().max(1));
        other.reverse();
        let told = |heads: &[Head]| {
            let plan = plan(heads, &options);
            let named = |indices: &[usize]| indices.iter().map(|&index| heads[index].id.as_str().to_owned()).collect::<Vec<_>>();
            let topics: Vec<_> = plan.topics.iter().map(|topic| (named(&topic.heads), Topic { heads: Vec::new(), ..topic.clone() })).collect();
            let terms: BTreeMap<_, Vec<_>> =
                heads.iter().enumerate().map(|(index, head)| (head.id.clone(), plan.terms_of(index).cloned().collect())).collect();
            (topics, terms, plan.findings.clone())
        };
        prop_assert_eq!(told(&heads), told(&other));
    }

    #[test]
    fn every_head_is_in_each_of_its_topics_once(heads in any_heads(), options in any_options()) {
        let options = Options { limit: 0, ..options };
        let plan = plan(&heads, &options);
        for topic in &plan.topics {
            let once: BTreeSet<usize> = topic.heads.iter().copied().collect();
            prop_assert_eq!(once.len(), topic.heads.len(), "{}", topic.path);
            prop_assert_eq!(topic.count, topic.heads.len());
        }
        for index in 0..heads.len() {
            for term in plan.terms_of(index) {
                let mut path = term.path.clone();
                while let Some(at) = path {
                    let topic = plan.topics.iter().find(|topic| topic.path == at).unwrap();
                    prop_assert!(topic.heads.contains(&index), "{} lacks {index}", topic.path);
                    path = topic.parent.clone();
                }
            }
        }
        let filed = |taxonomy: &str| heads.iter().filter(|head| head.terms.iter().any(|term| *term.taxonomy == *taxonomy
            && term.path.iter().any(|name| !identity(name).is_empty()))).count();
        let reached: BTreeSet<usize> = (0..heads.len()).filter(|&head| plan.terms_of(head).any(|term| term.taxonomy == "tag")).collect();
        prop_assert_eq!(filed("tag"), reached.len());
    }

    #[test]
    fn no_two_topics_share_a_folder_and_every_folder_is_safe(heads in any_heads(), options in any_options()) {
        let plan = plan(&heads, &options);
        let mut seen = BTreeSet::new();
        for topic in &plan.topics {
            prop_assert!(seen.insert(identity(&topic.path)), "{} twice", topic.path);
            for part in topic.path.split('/').filter(|_| topic.kind != TopicKind::Site) {
                prop_assert!(!part.is_empty() && part != "." && part != ".." && part.len() <= 140, "{:?}", topic.path);
                prop_assert!(!part.contains(|c: char| "\\:*?\"<>|#%".contains(c) || c.is_control() || c.is_whitespace()), "{:?}", topic.path);
            }
            let last = topic.path.rsplit('/').next().unwrap_or_default();
            prop_assert!(!options.files.iter().any(|file| file == last), "{}", topic.path);
            let limit = if options.limit == 0 { usize::MAX } else { options.limit };
            prop_assert!(topic.heads.len() <= limit);
        }
        let mut slugs: BTreeMap<(String, String), String> = BTreeMap::new();
        for term in (0..heads.len()).flat_map(|head| plan.terms_of(head)) {
            let known = slugs.entry((term.taxonomy.clone(), term.slug.clone())).or_insert_with(|| term.term.clone());
            prop_assert_eq!(&*known, &term.term);
        }
    }
}

#[test]
fn languages_that_stand_apart_have_all_their_feeds_in_one_folder() {
    let head = |path: &str, language: &str, tag: &str| {
        let mut head = Head::new(Id::opaque(path), path, 0);
        head.language = Language::parse(language);
        head.terms = vec![Term::new("tag", tag)];
        head
    };
    let heads = [head("a", "zh-CN", "x"), head("b", "en", "x"), head("c", "en", "x"), head("d", "en", "only"), head("e", "ja", "x")];
    let site_language = Language::parse("zh-CN");
    let apart = [("en".to_owned(), "en".to_owned())].into();
    let plan = plan(&heads, &Options { apart, site_language, split_by_language: false, ..Options::default() });
    let found: Vec<(&str, usize)> = plan.topics.iter().map(|topic| (topic.path.as_str(), topic.count)).collect();
    assert_eq!(found, [("", 2), ("en", 3), ("tags/x", 2), ("en/tags/x", 2), ("en/tags/only", 1)]);
    assert_eq!(plan.findings, []);
}
