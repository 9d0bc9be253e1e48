"""Words that only look like places, and what around a name tells that it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.language.tokens import Token, analyse


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Phrases that hold a place's name and speak of no country, by their language: seas, straits, continents; companies,
# clubs, papers, people, agreements; things called after places. All their case forms are looked for; what is in
# capitals here needs them in the text.
NOT_PLACES = {
    "en": (
        "Indian Ocean",
        "Gulf of Mexico",
        "English Channel",
        "South China Sea",
        "East China Sea",
        "Sea of Japan",
        "Persian Gulf",
        "Latin America",
        "South America",
        "North America",
        "Central America",
        "New Guinea",
        "Minsk Group",
        "Minsk agreements",
        "Minsk accords",
        "Native American",
        "Captain America",
        "Good Morning America",
        "GUAM",
        "Wall Street Journal",
        "Times of Israel",
        "Times of India",
        "Berkshire Hathaway",
        "Queens Park Rangers",
        "Salvador Dali",
        "French fries",
        "French bulldog",
        "German shepherd",
        "Turkish delight",
        "Dane gun",
        "Dane guns",
        "Indian summer",
        "Anglo-Saxon",
        "Indo-European",
        "Indo-Pacific",
        "Sea of Azov",
        "Sea of Okhotsk",
        "Sea of Marmara",
        "Norwegian Sea",
        "Irish Sea",
        "Philippine Sea",
        "Greenland Sea",
        "Gulf of Oman",
        "Gulf of Finland",
        "Gulf of Aden",
        "Gulf of Guinea",
        "Gulf of Thailand",
        "Strait of Gibraltar",
        "Mozambique Channel",
        "Paris Agreement",
        "Paris Accord",
        "Paris Club",
        "Kyoto Protocol",
        "Geneva Convention",
        "Geneva Conventions",
        "Vienna Convention",
        "Hague Convention",
        "Istanbul Convention",
        "Montreux Convention",
        "Budapest Memorandum",
        "Rome Statute",
        "Lisbon Treaty",
        "Maastricht Treaty",
        "Helsinki Final Act",
        "Alma-Ata Declaration",
        "Almaty Declaration",
        "Madrid Principles",
        "Copenhagen criteria",
        "Stockholm syndrome",
        "Brussels sprouts",
        "Washington Consensus",
    ),
    "ru": (
        "Индийский океан",
        "Мексиканский залив",
        "Персидский залив",
        "Финский залив",
        "Южно-Китайское море",
        "Восточно-Китайское море",
        "Японское море",
        "Латинская Америка",
        "Южная Америка",
        "Северная Америка",
        "Центральная Америка",
        "Новая Гвинея",
        "ГУАМ",
        "Минская группа",
        "Минские соглашения",
        "Минские договорённости",
        "Минский протокол",
        "Колумбийский университет",
        "Сальвадор Дали",
        "Индо-Тихоокеанский",
        "московское время",
        "Норвежское море",
        "Ирландское море",
        "Филиппинское море",
        "Гренландское море",
        "Оманский залив",
        "Гвинейский залив",
        "Гибралтарский пролив",
        "Мозамбикский пролив",
        "Датский пролив",
        "Парижское соглашение",
        "Парижский клуб",
        "Киотский протокол",
        "Женевская конвенция",
        "Венская конвенция",
        "Гаагская конвенция",
        "Стамбульская конвенция",
        "Будапештский меморандум",
        "Римский статут",
        "Лиссабонский договор",
        "Маастрихтский договор",
        "Алма-Атинская декларация",
        "Алматинская декларация",
        "Мадридские принципы",
        "Копенгагенские критерии",
        "Стокгольмский синдром",
        "Брюссельская капуста",
        "Вашингтонский консенсус",
        "Древний Рим",
        "по-русски",
    ),
    "az": (
        "Hind okeanı",
        "Meksika körfəzi",
        "İran körfəzi",
        "Fars körfəzi",
        "Latın Amerikası",
        "Cənubi Amerika",
        "Şimali Amerika",
        "Mərkəzi Amerika",
        "Minsk qrupu",
        "Minsk razılaşmaları",
        "Türk Dövlətləri Təşkilatı",
        "Türk dünyası",
        "Türk dövlətləri",
        "Türk Şurası",
        "Moskva vaxtı",
    ),
}

# Names of places that are names of persons too: they are none beside another name («Владимир Путин», "Michael Jordan").
PERSONAL = _words(
    """
    jordan chad georgia israel ireland cuba kenya india china cyprus holland england france germany
    brazil wales scotland virginia carolina dakota montana nevada california indiana arizona
    tennessee alaska devon kent essex norfolk cornwall york brittany normandy troy victoria alberta
    manitoba чад израиль куба альберта виктория джорджия вирджиния виргиния каролина монтана невада
    айова ирландия коми тува
    vladimir paris london berlin boston chelsea sydney austin dallas houston lincoln washington
    jackson madison montgomery charlotte florence orlando hamilton bedford newton warwick brooklyn
    aurora savannah carson chester salem alexandria adelaide catania darwin derby elgin exeter
    hastings lancaster preston milton mansfield clovis eugene everett fargo bradford burton
    cleveland columbus davenport dayton durham fremont gaza gainesville glendale hartford holland
    hudson huntington ipswich kingston lafayette langley laval leicester lexington lima logan macon
    memphis nelson newman odessa oxford palma pasadena peoria phoenix pittsburgh plymouth pomona
    portland raleigh reno richmond rochester roma rome rosario santiago sheffield stamford stanley
    stockton sofia toledo torrance trenton valencia verona vienna wellington winston worcester
    lourdes marseille milan genoa siena vernon kingsley windsor gary tulsa wakefield whitby waterloo
    анатолия доминика беслан кобе kobe
    владимир лондон париж вена милан марсель рим софия сана марта лима одесса верона флоренция
    бостон даллас хьюстон линкольн вашингтон остин чехов пушкин киров серов королев глазов борисов
    александров николаев артем энгельс измаил чайковский губкин балашов реутов арсеньев бабушкин
    жуковский ломоносов гагарин грозный чапаевск сальвадор сантьяго гамильтон манас адлер салават
    виктория дарвин ричмонд веллингтон рочестер сидней роман шарлотта орлеан тула уфа турин лион
    астана шуша иерусалим керчь мадейра орел саров саратов ростов тамбов псков львов краков
    тернополь черкассы полтава ужгород моздок
    """
)

# Given names that a sentence can begin with: what follows them is a surname, not a place.
GIVEN_NAMES = _words(
    """
    michael john james robert david william richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick
    raymond jack dennis jerry tyler aaron jose adam nathan henry peter douglas zachary kyle walter harold jeremy
    ethan carl keith roger arthur terry lawrence sean christian albert joe austin willie billy bruce ralph roy
    eugene louis bobby johnny mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy
    betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura
    helen sharon cynthia kathleen amy angela anna ruth brenda pamela nicole katherine virginia catherine christine
    samantha debra janet rachel carolyn emma maria heather diane julie joyce victoria kelly christina lauren joan
    evelyn olivia judith martha cheryl megan andrea ann alice jean doris jacqueline kathryn hannah julia gloria
    teresa sara janice rose judy denzel jesse irving booker alan simon martin ben sam tom tim jim bob bill mike dave
    steve chris matt nick tony dan ken ron don fred harry charlie philip ian neil graham stuart naomi simone serena
    venus diego carlos luis jorge miguel javier pedro pablo marco mario luca paolo giovanni hans klaus pierre
    jacques francois emmanuel nicolas ahmed mohammed muhammad ali hassan hussein omar ibrahim khaled mustafa recep
    kemal ilham heydar nikol mikheil vladimir dmitry dmitri sergei sergey alexei aleksandr mikhail boris igor oleg
    yuri viktor volodymyr petro yulia natalia svetlana olga irina narendra rahul indira imran mahmoud ehud shimon
    olaf gerhard helmut silvio matteo giuseppe theresa rishi keir liz gordon winston franklin woodrow abraham dwight
    lyndon gerald jimmy hillary bernie kamala condoleezza colin madeleine leonardo cristiano lionel roberto antonio
    francisco fernando manuel rafael sofia isabella lucia elena ursula kaja chloe hugo felix oscar victor max leo
    sebastian ivan nikita anastasia aryna
    lloyd tulsi elon jared ivanka melania barack josh mitch ted bernard nikki kristi kash doug mick glenn clarence
    herbert ernest leonard alfred bradley derek travis marcus theodore clifford wesley curtis allen cody gavin lucas
    liam noah elijah aiden jayden dylan caleb connor isaac luke owen wyatt gabriel julian adrian nathaniel vincent
    trevor spencer dustin seth brett shane joel corey derrick marvin todd craig alex phillip darren dwayne rodney
    melvin alvin sidney clyde hugh geoffrey nigel gareth rhys alistair angus fergus hamish callum ewan declan brendan
    aidan seamus niamh siobhan fiona beth abigail sophia ella mia amelia zoe natalie leah alexis erin jill tina wendy
    tracy lori sherry stacy gina lindsey ilhan rashida
    александр алексей анатолий андрей антон аркадий артем артур борис вадим валентин валерий василий виктор виталий
    владимир владислав вячеслав геннадий георгий григорий давид даниил денис дмитрий евгений егор иван игорь илья
    кирилл константин лев леонид максим марк михаил никита николай олег павел петр роман руслан семен сергей
    станислав степан тимур федор филипп юрий яков ярослав ильхам гейдар эльдар рустам азер араз арам ваган гагик
    карен левон никол серж рубен ашот анна анастасия валентина вера виктория галина дарья екатерина елена елизавета
    ирина ксения лариса людмила любовь маргарита марина мария надежда наталья оксана ольга полина светлана софья
    татьяна юлия джон джек джеймс майкл дэвид роберт уильям ричард джозеф томас чарльз джордж дональд пол стивен
    эндрю билл джо боб том питер генри гарри карл ганс жан пьер луи франсуа эммануэль анри мишель хосе хуан карлос
    педро луис наоми симона серена венера диего хорхе мигель пабло марко марио лука ахмед мохаммед мухаммед али
    хасан хусейн омар ибрагим мустафа реджеп кемаль нарендра биньямин ангела олаф герхард сильвио тереза риши джимми
    хиллари камала леонардо криштиану лионель роберто антонио франсиско фернандо мануэль рафаэль урсула эмма феликс
    оскар себастьян симон мадина беслан дженнифер элизабет джессика сара эмили николь скотт брэд крис эрик брайан
    кевин грег энтони стив
    """
)

_GIVEN_STEMS = frozenset(analyse(name.title())[1] for name in GIVEN_NAMES)

# Words with a capital letter that may stand before a place's name and are part of none.
BESIDE = _words(
    """
    the a an in at on from to of and but for near with by as if when while after before since until
    that this these what why how where who not no is are was will can or both between across around
    outside inside into over under meanwhile also north south east west northern southern eastern
    western central greater inner outer upper lower downtown mayor city metro mid old occupied
    nearby northeast northwest southeast southwest visit visiting в во на из с со к ко у о об от до
    по за для под над при через между и а но или что как если когда где мэр город столица власти
    северный южный восточный западный центральный большой старый посол аэропорт губернатор
    """
)

# Before a guarded name they tell that it is a place.
LOCATIVE = _words(
    """
    in near outside around в во из под близ около город города городе городу городом г
    """
)

# Directly before a name: a club of the place («ФК Карабах», "FC Barcelona").
CLUBS = _words(
    """
    фк хк бк вк гк мфк пфк клуб клуба клубу клубом клубе fc fk cf afc bc
    """
)
# With a capital, directly after a name: a paper, a site, a channel of the place ("Moscow Times", «Вашингтон пост»).
PAPERS = _words(
    """
    times post tribune globe herald gazette examiner independent observer telegraph chronicle inquirer
    таймс пост трибюн геральд
    """
)
# After an adjective of a place; so what stands before it is no given name («село Мост Лачинского района»).
DISTRICT = re.compile(r"(?:район|област|кра(?:й|я|ю|е|ем)$|округ|губерни|уезд)")

# Words after which an adjective that stands alone is a language («на английском», "speaks in Spanish").
LANGUAGES = _words(
    """
    arabic armenian azerbaijani chinese danish dutch english french georgian german greek italian
    japanese korean persian polish portuguese russian spanish swedish turkish ukrainian
    """
)
BEFORE_LANGUAGE = _words(
    """
    in into speak speaks speaking spoke spoken learn learning fluent from basic
    """
)
AFTER_LANGUAGE = re.compile(r"(?:язык|языч|language|speak|subtitle|lessons|translat|перевод|dili(?:n|$))")
LONGEST_LIST = 16  # words of a list of languages that are looked at
CONJUNCTIONS = _words(
    """
    и или and or
    """
)
_SINGULAR_ADJECTIVE = re.compile(r"[сц]к(?:ом|ий|ого|им|ому)$")
_LOWER_CASE_WORD = re.compile(r"[ \u00a0\n]\s*[a-zа-яё]")

LONGEST_HEADLINE = 40  # words
LEAST_CAPITALS = 4
MOST_SMALL = 6  # at most one word of so many has a small letter in a headline whose words have capitals

_SENTENCE_START = re.compile(r"(?:^|[.!?…:;—–\n(«»“”\"„])[\s«“\"„(]*$")
_OPENING = frozenset('«"“„')
_CLOSING = frozenset('»"”“')
_SPACE = frozenset((" ", "\u00a0"))


def is_title_case(text: str, tokens: Sequence[Token]) -> bool:
    """Whether capitals say nothing, since nearly every word has one (English headlines); no body is so."""
    if len(tokens) > LONGEST_HEADLINE:
        return False
    words = [token for token in tokens if token.end - token.start > 3]
    capitals = sum(text[token.start].isupper() for token in words)
    return capitals >= LEAST_CAPITALS and len(words) - capitals <= len(words) // MOST_SMALL


def name_before(text: str, tokens: Sequence[Token], first: int, *, capitals_tell: bool) -> bool:
    """Whether the word before stands there as part of a name («Джек Лондон», "B. Washington").

    Where capitals tell nothing, at the start of a sentence and in a headline, only a given name does.
    """
    if first == 0:
        return False
    left, start = tokens[first - 1], tokens[first].start
    between = text[left.end : start]
    if not text[left.start].isupper():
        return False
    if left.end - left.start <= 2 and between in (".", ". ", ".\u00a0"):
        return True  # an initial, or Дж.
    if between not in _SPACE or left.form in BESIDE or text[left.start : left.end].isdigit():
        return False
    return left.stem in _GIVEN_STEMS or (capitals_tell and not starts_sentence(text, left.start))


def name_after(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether the word after stands there as part of a name («Владимир Путин», "Jordan Peele")."""
    if last + 1 >= len(tokens):
        return False
    end, right = tokens[last].end, tokens[last + 1]
    return text[end : right.start] in _SPACE and text[right.start].isupper() and right.form not in BESIDE


def is_adjective_of_district(tokens: Sequence[Token], last: int) -> bool:
    return last + 1 < len(tokens) and bool(DISTRICT.match(tokens[last + 1].form))


def is_club(text: str, tokens: Sequence[Token], first: int) -> bool:
    if first == 0 or tokens[first - 1].form not in CLUBS:
        return False
    return text[tokens[first - 1].end : tokens[first].start] in _SPACE


def is_paper(text: str, tokens: Sequence[Token], last: int, *, capitals_tell: bool) -> bool:
    """Whether a newspaper has its name from the place; where capitals tell nothing, "London Times" may be of times."""
    if last + 1 >= len(tokens) or tokens[last + 1].form not in PAPERS:
        return False
    right = tokens[last + 1]
    named = text[right.start].isupper() or text[right.end : right.end + 1] in _CLOSING
    return capitals_tell and named and text[tokens[last].end : right.start] in _SPACE


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the name alone stands in quotation marks: a club, a ship, a hotel (футбольный клуб «Карабах»)."""
    return text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING


def starts_sentence(text: str, start: int) -> bool:
    return bool(_SENTENCE_START.search(text[max(0, start - 8) : start])) or start == 0


def is_capital_inside(text: str, tokens: Sequence[Token], first: int) -> bool:
    """Whether it has a capital although the word before, of the same sentence, has none («власти Того»)."""
    if first == 0 or not text[tokens[first].start].isupper():
        return False
    left = tokens[first - 1]
    return text[left.start].islower() and text[left.end : tokens[first].start] in _SPACE


def is_located(tokens: Sequence[Token], first: int) -> bool:
    """Whether a word before says that a place follows («во Владимире», "near Reading")."""
    return first > 0 and tokens[first - 1].form in LOCATIVE


def is_language(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether the adjective means a language: «английский язык», «на английском и испанском», "in Spanish"."""
    form, at = tokens[last].form, last
    while at + 1 < min(len(tokens), last + LONGEST_LIST) and (
        tokens[at + 1].form in CONJUNCTIONS
        or (at > last and tokens[at].form in CONJUNCTIONS)
        or (text[tokens[at].end : tokens[at + 1].start] == ", " and _is_adjective(tokens[at + 1].form))
    ):
        at += 1
    following = tokens[at + 1].form if at + 1 < len(tokens) else ""
    if AFTER_LANGUAGE.match(following):
        return True
    alone = not _LOWER_CASE_WORD.match(text, tokens[at].end) or following in BESIDE
    if _SINGULAR_ADJECTIVE.search(form) and not text[tokens[last].start].isupper():
        return alone
    return form in LANGUAGES and alone and last > 0 and tokens[last - 1].form in BEFORE_LANGUAGE


def _is_adjective(form: str) -> bool:
    return bool(_SINGULAR_ADJECTIVE.search(form)) or form in LANGUAGES
