"""The words of English quantities, by what they do.

Phrases are set apart by `;`. A hyphen, a full stop or a slash between words counts as a space, so
that `sq km` is also sq-km and sq. km. The first table that has a phrase decides its kind, and the
longest phrase at a place is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .quantity import Bound


def _denied(phrases: str) -> str:
    """Each of `phrases` said no to: won't exceed, shall not be less than."""
    no = ("not", "never", "cannot", "can't", "won't", "doesn't", "didn't", "don't", "mustn't")
    return ";".join(f"{word} {phrase}" for word in no for phrase in phrases.split(";"))


_PASSES = (
    "exceed;exceeds;exceeded;exceeding;surpass;surpasses;surpassed;surpassing;tops;topped;"
    "topping;to top;will top;could top;outstripped;breached;breaks through;broke through;"
    "breaking through;rose past;climbed past;grew past;jumped past;went past;moved past;"
    "surged past"
)
# Qualifiers before the number. The last row bounds nothing, but belongs to the number.
BEFORE = {
    Bound.ABOUT: "about;around;some;roughly;approximately;approx;circa;ca;an estimated;"
    "estimated at;~;≈;in the region of;in the order of;on the order of;in the neighborhood of;"
    "in the neighbourhood of;in the vicinity of",
    Bound.NEARLY: "nearly;almost;close to;approaching;nearing;virtually;shy of;close on;"
    "just under;just below;just short of;just shy of;slightly under;slightly below;"
    "slightly less than;a little under;a little less than;just less than",
    Bound.OVER: "more than;over;above;beyond;greater than;higher than;larger than;longer than;"
    "older than;in excess of;upwards of;upward of;north of;just over;just above;just more than;"
    "slightly over;slightly above;slightly more than;a little over;a little more than;well over;"
    "well above;far more than;much more than;past the;crossed the;crosses the;crossing the;"
    "passed the;passes the;break the;broke the;breaking the;>;"
    f"{_PASSES};{_PASSES.replace(';', ' the;')} the",
    Bound.UNDER: "less than;fewer than;under;below;lower than;smaller than;shorter than;"
    "younger than;short of;south of;well under;well below;far less than;far fewer than;"
    "much less than;not even;not reach;not reached;failed to reach;has yet to reach;"
    "fell short of;<",
    Bound.AT_LEAST: "no less than;no fewer than;not less than;not fewer than;a minimum of;"
    "minimum of;not below;no lower than;not lower than;as few as;as little as;starting at;"
    "starting from;no shorter than;no earlier than;no younger than;not fall below;not drop below;"
    "at or above;at or over;greater than or equal to;≥;≧;"
    + _denied("be less than;be fewer than;be lower than;be below"),
    Bound.AT_MOST: "up to;up to and including;no more than;not more than;not exceeding;"
    "not to exceed;no longer than;not longer than;a maximum of;maximum of;as many as;as much as;"
    "as long as;within;no later than;not later than;no higher than;not higher than;"
    "no greater than;no larger than;not over;not above;capped at;limited to;a ceiling of;"
    "a cap of;at or below;at or under;less than or equal to;≤;≦;"
    + _denied("exceed;be more than;be higher than;be greater than;be over;be longer than"),
    Bound.EXACT: "only;just;as high as;as low as;exactly;precisely;a mere;merely;a full;fully",
}
# Qualifiers behind the number and its unit.
AFTER = {
    Bound.ABOUT: "or so;or thereabouts;give or take",
    Bound.OVER: "plus;+;and counting;odd",
    Bound.AT_LEAST: "or more;or above;or over;or higher;or longer;or older;or larger;or greater;"
    "or better;or upwards;or later;and above;and over;and older;and upwards",
    Bound.AT_MOST: "or less;or fewer;or below;or under;or lower;or shorter;or younger;or smaller;"
    "or earlier;and below;and under;and younger;tops;at the latest",
}
# Qualifiers on either side.
EITHER = {
    Bound.ABOUT: "more or less",
    Bound.AT_LEAST: "at least;at the very least;minimum;at a minimum",
    Bound.AT_MOST: "at most;at the most;maximum;at a maximum;max",
}
# "300-odd" is over the number, but by less than a step of it.
CAPPED = "odd"
# At most only before what is measured: within 36 hours, but not within three zones.
WITHIN = "within"

# The verbs and nouns that say in which direction a value goes.
UP = (
    "rose;rise;rises;risen;rising;grew;grow;grows;grown;growing;growth;increase;increases;"
    "increased;increasing;climbed;climb;climbing;soared;soaring;surged;surge;surging;jumped;jump;"
    "jumping;gain;gained;gains;gaining;expanded;expanding;expansion;rebounded;rebound;improved;"
    "up;higher;raised;widened;accelerated;swelled;uptick;hike;leap;leapt;upsurge;advanced;"
    "quickened;more;faster"
)
DOWN = (
    "fell;fall;falls;fallen;falling;declined;decline;declines;declining;dropped;drop;drops;"
    "dropping;decreased;decrease;decreases;decreasing;reduced;reduce;reduces;reducing;reduction;"
    "cut;cuts;cutting;down;shrank;shrink;shrunk;shrinking;contracted;contraction;narrowed;"
    "narrowing;slipped;slid;plunged;plunge;tumbled;tumble;plummeted;plummet;slumped;slump;lost;"
    "loss;losses;losing;deficit;lower;lowered;lowering;less;fewer;shortened;shorten;shortening;"
    "saving;saved;save;savings;slash;slashed;slashing;trimmed;eased;dipped;dip;shed;shaves;"
    "shaved;slowed;weakened;retreated;sank;smaller;cheaper;shorter"
)
# These say a direction only right beside the number: up 5 %, but not set up 300 companies.
ADJACENT = frozenset({"up", "down", "more", "less", "fewer", "faster"})
# Words behind which another clause begins, for the reach of a direction.
TURNS = frozenset(
    {"while", "but", "whereas", "although", "after", "before", "as", "than", "when", "against"}
)

_CARDINALS = (
    "one;two;three;four;five;six;seven;eight;nine;ten;eleven;twelve;thirteen;fourteen;fifteen;"
    "sixteen;seventeen;eighteen;nineteen"
)
_ORDINALS = (
    "first;second;third;fourth;fifth;sixth;seventh;eighth;ninth;tenth;eleventh;twelfth;"
    "thirteenth;fourteenth;fifteenth;sixteenth;seventeenth;eighteenth;nineteenth"
)
_TENS = "twenty;thirty;forty;fifty;sixty;seventy;eighty;ninety"
SMALL = dict(enumerate(_CARDINALS.split(";"), 1))
TENS = {n * 10: word for n, word in enumerate(_TENS.split(";"), 2)}
ORDINALS = dict(enumerate(_ORDINALS.split(";"), 1))
ORDINALS |= {n: f"{word[:-1]}ieth" for n, word in TENS.items()}
ORDINALS |= {100: "hundredth", 1000: "thousandth", 10**6: "millionth"}
# Kind → what a phrase of it says → phrases.
VALUED: dict[str, Mapping[Any, str]] = {
    "one": {1: "one"},
    "digit": {n: word for n, word in SMALL.items() if n < 10},
    "teen": {n: word for n, word in SMALL.items() if n > 9},
    "tens": TENS,
    "twice": {2: "twice", 3: "thrice"},
    "multiple": {

        2: "doubled;doubling;to double;will double;double the;double that;double its;double what;"
        "twice as;twice the;twice that;twice what;twice its;twofold",
        3: "tripled;tripling;trebled;to triple;will triple;triple the;triple that;threefold",
        4: "quadrupled;quadrupling;to quadruple;fourfold",
        5: "quintupled;fivefold",
        **{n: f"{word}fold" for n, word in SMALL.items() if n > 5},
    },
    # Multiples only behind a qualifier: will nearly double.
    "multiple_verb": {2: "double", 3: "triple;treble", 4: "quadruple"},
    "same_year": {
        0: "this year;the year;the current year", -1: "last year;the previous year",
        1: "next year;the following year", None: "the same year;same year;that year",
    },
    # EDTF codes of parts of a year.
    "part": {33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "H1", 41: "H2"},
    "month": {
        1: "January;Jan", 2: "February;Feb", 4: "April;Apr", 6: "June;Jun", 7: "July;Jul",
        8: "August;Aug", 9: "September;Sept;Sep", 10: "October;Oct", 11: "November;Nov",
        12: "December;Dec",
    },
    "verb_month": {3: "March;Mar", 5: "May"},
    "either": EITHER,
    "after": AFTER,
    "before": BEFORE,
    # Nouns that an ordinal numbers, by the id of their unit.
    "ordinal_noun": {
        "批": "batch;group;tranche", "轮": "round", "周年": "anniversary", "位": "place;position",
        "届": "session;edition;expo;fair;forum;summit;congress;conference", "次": "time;meeting",
        "年": "consecutive year;straight year", "月": "consecutive month;straight month",
        "季度": "consecutive quarter;straight quarter",
    },
    "ordinal": ORDINALS,
    "denominator": {n: f"{word}s" for n, word in ORDINALS.items() if n > 2},
    "vulgar": {"0.5": "½", "0.25": "¼", "0.75": "¾"},
    "moving": {"up": UP, "down": DOWN},
}  # fmt: skip
# Units that are no rows of their own, by the id that they compose.
COMPOSED_UNITS = {"十年": "decade;decades", "桶/天": "bpd"}
# k is a thousand anywhere; the others are scales only next to money or a unit.
SCALE_LETTERS = {"thousand": "k;K", "million": "m;M", "billion": "b;B"}

# Kind → phrases that say no more than their kind.
KINDS = {
    # What may part a qualifier from its number.
    "filler": "a total of;a combined;a combined total of;a record;another;an additional;an extra;"
    "a further;an average of;on average;an annual;annually;per year;each year;every year;"
    "every day;each day;for the first time;its;a whopping;nationwide;in total;a cumulative;"
    "a target of;the target of;its target of;the threshold of;the mark of;the level of;"
    "the equivalent of;the sum of;a value of;a distance of;a period of;an area of;a depth of;"
    "a length of",
    # Words behind which four digits are a year, whatever follows.
    "when": "since;until;till;during;before;after;early;mid;late;fiscal;fiscal year;FY;end of;"
    "end;throughout;beginning of;start of;last;next;dated;prior to;pre;post;summer;autumn;spring;"
    "winter",
    # Words behind which a number is a name or an address.
    "label": "article;articles;section;sections;page;pages;p;pp;chapter;chapters;table;tables;"
    "figure;figures;fig;phase;terminal;line;room;gate;flight;highway;route;boeing;airbus;type;"
    "class;grade;zone;block;building;floor;part;annex;appendix;clause;clauses;paragraph;note;"
    "notes;footnote;version;volume;vol;issue;schedule;decree;circular;order;announcement;"
    "document;pier;berth;wharf;dock;exit;box;tel;fax;phone;telephone;mobile;dial;call;iso;model;"
    "stage;lot;rule;regulation;tier;channel;track;step;option;item;series;level;lane;bay;unit;"
    "chart;question;form;photo;heading;subheading;counter;window;plot;shed;yard;extension;ext;"
    "postcode;code;runway;platform;directive;resolution;bus;hall;booth;suite;fortune;web;ftse;"
    "csi;nasdaq;industry;group of;windows;case;serial;ref;id;isbn;number",
    # What holds a number and is none.
    "idiom": "one day;one country;two systems;two sessions;one person;half past;half way;"
    "half time;half year;half price;other half;better half;latter half;in the first place;"
    "five year plan;loss making;a year earlier;a year ago;a year before;a month earlier;"
    "a month ago;a decade ago;one year earlier;one year ago;one year before;day on day;"
    "week on week;month on month;quarter on quarter;year on year;year over year",
    "ranked": "ranked;ranked joint;ranks;ranking;rank;ranked the;ranked as;placed;came;came in;"
    "came out;comes;coming;finished",
    "first_place": "number one;topped the list;tops the list;topping the list;topped the rankings",
    "superlative": "largest;biggest;busiest;highest;longest;smallest;fastest;oldest;richest;"
    "tallest;deepest;lowest;strongest;best;most;cheapest;heaviest;safest",
    "halved": "halved;halving;to halve;will halve;halve;in half;by half",
    "scales": "dozens;tens;scores;hundreds;thousands;millions;billions;trillions",
    "several": "several;a few;a couple of;many;few",
    "extra": "consecutive;straight;successive;full;whole;official;additional;extra;further",
    "weekday": "Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday",
    "clock": "am;pm;o'clock;gmt;sharp",
    "hotline": "hotline",
    "street": "street;road;avenue;boulevard;rd;ave;lane;st;close;drive;crescent;court;terrace",
    "in": "in;in every;out of;out of every;of every",
    "between": "between", "from": "from", "to": "to;through", "and": "and;&", "or": "or",
    "of": "of", "a": "a;an", "zero": "zero", "half": "half", "dozen": "dozen", "fold": "fold",
    "per": "per;each;every", "no": "no;nos;#", "capita": "capita;head", "top": "top",
    "hundred": "hundred", "quarter": "quarter;quarters", "minus": "minus;negative", "comma": ",",
    "tolerance": "±;plus or minus", "slash": "/", "colon": ":", "open": "(", "bracket": "[",
    "close": ");]", "dash": "-;~",
}  # fmt: skip
# The other words that are no name, even where one stands capitalised before a number.
FUNCTION = (
    "the;at;by;with;as;is;are;was;were;be;been;has;have;had;would;can;could;may;might;shall;"
    "should;must;it;they;their;these;those;which;who;whose;there;then;when;where;while;but;not;"
    "also;both;all;into;among;on;our;we;he;she;his;her;you;your;if;so;such;said;says;any;nor;do;"
    "does;did;because;against;via;without;across;along;compared;including;other;others;now;today;"
    "yesterday;currently;recently;altogether;together;overall;meanwhile;however;for;that;this;"
    "out;off;i"
)
