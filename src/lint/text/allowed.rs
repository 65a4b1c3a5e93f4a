//! Names of HTML, SVG and `MathML`: which exist, and which readers keep.

use std::collections::HashSet;
use std::sync::LazyLock;

const HTML: &str = "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote body br button canvas caption center cite \
    code col colgroup command comment data datagrid datalist dd del details dfn dialog dir div dl dt em embed eventsource fieldset figcaption figure font \
    footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd label legend li link listing m main map \
    mark menu meta meter nav noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script \
    search section select slot small source span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title tr \
    track tt u ul var video wbr xmp";

/// Elements that readers drop, with what they bring in.
const DROPPED: &str = "applet base basefont body comment embed frame frameset head html iframe isindex link listing meta noframes object param plaintext script slot style title xmp";

const ATTRIBUTES: &str = "abbr accept accept-charset accesskey action align allow allowfullscreen allowpaymentrequest alt as autocapitalize autocomplete \
    autofocus autoplay axis background balance bgcolor bgproperties border bordercolor bordercolordark bordercolorlight bottompadding cellpadding \
    cellspacing ch challenge char charoff charset checked choff cite class clear color cols colspan compact contenteditable controls coords crossorigin \
    data datafld datapagesize datasrc datetime decoding default delay dir dirname disabled download draggable dynsrc enctype end enterkeyhint face \
    fetchpriority for form formenctype frame galleryimg gutter headers height hidden hidefocus high href hreflang hspace icon id inputmode is ismap \
    itemid itemprop itemref itemscope itemtype keytype kind label lang leftspacing list loading longdesc loop loopcount loopend loopstart low lowsrc max \
    maxlength media method min minlength multiple muted name nohref nonce noshade nowrap open optimum pattern ping placeholder playsinline point-size \
    poster pqg preload prompt radiogroup readonly referrerpolicy rel repeat-max repeat-min replace required rev reversed rightspacing role rows rowspan \
    rules scope selected shape size sizes span spellcheck src srclang srcset start step style summary suppress tabindex target template title toppadding \
    translate type unselectable urn usemap valign value variable volume vrml vspace width wrap xml:lang xmlns";

const MATHML: &str = "annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt \
    mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics";

const MATHML_ATTRIBUTES: &str = "actiontype align columnalign columnlines columnspacing columnspan depth display displaystyle encoding equalcolumns equalrows \
    fence fontstyle fontweight frame height linethickness lspace mathbackground mathcolor mathvariant maxsize minsize other rowalign rowlines rowspacing \
    rowspan rspace scriptlevel selection separator stretchy width";

const SVG: &str = "a animate animateColor animateMotion animateTransform circle defs desc ellipse font-face font-face-name font-face-src g glyph hkern \
    line linearGradient marker metadata missing-glyph mpath path polygon polyline radialGradient rect set stop svg switch text title tspan use";

const SVG_ATTRIBUTES: &str = "accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType baseProfile bbox begin by calcMode \
    cap-height class color color-rendering content cx cy d descent display dur dx dy end fill fill-opacity fill-rule font-family font-size font-stretch \
    font-style font-variant font-weight from fx fy g1 g2 glyph-name gradientUnits hanging height horiz-adv-x horiz-origin-x id ideographic k keyPoints \
    keySplines keyTimes lang marker-end marker-mid marker-start markerHeight markerUnits markerWidth mathematical max min name offset opacity orient \
    origin overline-position overline-thickness panose-1 path pathLength points preserveAspectRatio r refX refY repeatCount repeatDur requiredExtensions \
    requiredFeatures restart rotate rx ry slope stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness stroke \
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style systemLanguage target \
    text-anchor to transform type u1 u2 underline-position underline-thickness unicode unicode-range units-per-em values version viewBox visibility width \
    widths x x-height x1 x2 y y1 y2 zoomAndPan";

/// Entities of HTML 4, and `apos`.
const ENTITIES: &str = "AElig Aacute Acirc Agrave Alpha Aring Atilde Auml Beta Ccedil Chi Dagger Delta ETH Eacute Ecirc Egrave Epsilon Eta Euml Gamma Iacute Icirc \
    Igrave Iota Iuml Kappa Lambda Mu Ntilde Nu OElig Oacute Ocirc Ograve Omega Omicron Oslash Otilde Ouml Phi Pi Prime Psi Rho Scaron Sigma \
    THORN Tau Theta Uacute Ucirc Ugrave Upsilon Uuml Xi Yacute Yuml Zeta aacute acirc acute aelig agrave alefsym alpha amp and ang aring asymp \
    atilde auml bdquo beta brvbar bull cap ccedil cedil cent chi circ clubs cong copy crarr cup curren dArr dagger darr deg delta diams divide \
    eacute ecirc egrave empty emsp ensp epsilon equiv eta eth euml euro exist fnof forall frac12 frac14 frac34 frasl gamma ge gt hArr harr \
    hearts hellip iacute icirc iexcl igrave image infin int iota iquest isin iuml kappa lArr lambda lang laquo larr lceil ldquo le lfloor lowast \
    loz lrm lsaquo lsquo lt macr mdash micro middot minus mu nabla nbsp ndash ne ni not notin nsub ntilde nu oacute ocirc oelig ograve oline \
    omega omicron oplus or ordf ordm oslash otilde otimes ouml para part permil perp phi pi piv plusmn pound prime prod prop psi quot rArr radic \
    rang raquo rarr rceil rdquo real reg rfloor rho rlm rsaquo rsquo sbquo scaron sdot sect shy sigma sigmaf sim spades sub sube sum sup sup1 \
    sup2 sup3 supe szlig tau there4 theta thetasym thinsp thorn tilde times trade uArr uacute uarr ucirc ugrave uml upsih upsilon uuml weierp xi \
    yacute yen yuml zeta zwj zwnj apos";

type Names = LazyLock<HashSet<&'static str>>;

/// The long lists, made ready once: each tag of each item is looked up.
static HTML_SET: Names = LazyLock::new(|| HTML.split_whitespace().collect());
static ATTRIBUTE_SET: Names = LazyLock::new(|| ATTRIBUTES.split_whitespace().collect());
static ENTITY_SET: Names = LazyLock::new(|| ENTITIES.split_whitespace().collect());

fn has(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|known| known == name)
}

/// Whether HTML has this entity.
pub(super) fn is_entity(name: &str) -> bool {
    ENTITY_SET.contains(name)
}

/// Whether HTML has this element (lower case).
pub(super) fn is_html(name: &str) -> bool {
    HTML_SET.contains(name)
}

/// Whether readers drop this element of HTML.
pub(super) fn is_dropped(name: &str) -> bool {
    has(DROPPED, name)
}

/// Whether readers keep this attribute of HTML (lower case).
pub(super) fn keeps_attribute(name: &str) -> bool {
    name.starts_with("data-") || name.starts_with("aria-") || ATTRIBUTE_SET.contains(name)
}

/// Whether readers keep this element of `MathML`.
pub(super) fn keeps_mathml(name: &str) -> bool {
    has(MATHML, name)
}

/// Whether readers keep this attribute of `MathML`.
pub(super) fn keeps_mathml_attribute(name: &str) -> bool {
    has(MATHML_ATTRIBUTES, name)
}

/// Whether readers keep this element of SVG.
pub(super) fn keeps_svg(name: &str) -> bool {
    has(SVG, name)
}

/// Whether readers keep this attribute of SVG.
pub(super) fn keeps_svg_attribute(name: &str) -> bool {
    has(SVG_ATTRIBUTES, name)
}
