from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.pipeline.document import Document, LanguageClaim, RawDocument, TitleClaim
from newsdesk.pipeline.stages.countries import FindCountries
from newsdesk.pipeline.vocabulary import Country, Vocabulary

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.fixture(scope="module")
def find() -> FindCountries:
    return FindCountries(Vocabulary.from_fixtures(FIXTURES).countries)


def document(body: str, title: str = "") -> Document:
    return Document(RawDocument(body), title=TitleClaim(title, "header"))


def codes(found: Document) -> set[str]:
    return {claim.code for claim in found.countries}


def roles(found: Document, role: str) -> set[str]:
    return {claim.code for claim in found.countries if claim.role == role}


RUSSIAN = [
    # every case of a name
    pytest.param("Азербайджан построит новый мост.", "AZ", id="nominative"),
    pytest.param("Границы Азербайджана открыты.", "AZ", id="genitive"),
    pytest.param("Помощь отправили Азербайджану.", "AZ", id="dative"),
    pytest.param("Договор с Азербайджаном подписан.", "AZ", id="instrumental"),
    pytest.param("Выборы прошли в Азербайджане.", "AZ", id="prepositional"),
    pytest.param("Переговоры с Грузией и с Арменией отложены.", "AM GE", id="-ия, instrumental"),
    pytest.param("Посла вызвали из Египта.", "EG", id="Египет with a fleeting vowel"),
    pytest.param("Самолёт летел над Нидерландами.", "NL", id="plural name"),
    pytest.param("Туристы вернулись с Мальдив.", "MV", id="plural name, genitive"),
    # names of several words
    pytest.param("Нефть Саудовской Аравии подешевела.", "SA", id="two words"),
    pytest.param("Парламент Боснии и Герцеговины собрался.", "BA", id="three words"),
    pytest.param("They paid US$ 97 million and US$5 more.", "", id="a currency"),
    pytest.param("Курс обсудили в Соединённых Штатах.", "US", id="США in full"),
    pytest.param("Президент Северной Кореи промолчал.", "KP", id="longest first, Северная Корея"),
    pytest.param("Столица Гвинеи-Бисау", "GW", id="longest first, Гвинея-Бисау"),
    pytest.param("Жители Южной Осетии проголосовали.", "X-SO", id="Южная Осетия is not the northern one"),
    pytest.param("Жители Северной Осетии проголосовали.", "RU", id="Северная Осетия is not the southern one"),
    pytest.param("Власти Республики Корея ответили.", "KR", id="official name"),
    pytest.param("Приехали в Кот-д'Ивуар.", "CI", id="apostrophe"),
    # abbreviations
    pytest.param("МИД РФ и посольство США не комментируют.", "RU US", id="РФ, США"),
    pytest.param("Рейс из ОАЭ задержан, КНР и КНДР молчат.", "AE CN KP", id="ОАЭ, КНР, КНДР"),
    pytest.param("Танкер ушёл из порта ЮАР.", "ZA", id="ЮАР"),
    # demonyms
    pytest.param("За столом сидели армяне, грузины и россиянки.", "AM GE RU", id="people, plural"),
    pytest.param("Двух азербайджанцев и одну украинку задержали.", "AZ UA", id="people, accusative"),
    pytest.param("Турецкая делегация и иранские эксперты.", "IR TR", id="adjectives"),
    pytest.param("Это российско-азербайджанские учения.", "AZ RU", id="adjectives joined"),
    pytest.param(
        "Армяно-турецкая граница и ирано-азербайджанский мост.", "AM AZ IR TR", id="first halves of adjectives"
    ),
    pytest.param("Американо-российский обмен и греко‑турецкий спор.", "GR RU TR US", id="first halves, any hyphen"),
    pytest.param("С Русским музеем договорились французы.", "FR RU", id="adjective with a capital"),
    # capitals and cities
    pytest.param("Как сообщили в Бишкеке, вопрос решён.", "KG", id="capital"),
    pytest.param("Бакинская нефть и ереванское метро.", "AM AZ", id="adjectives of capitals"),
    pytest.param("В Эр-Рияде и Тель-Авиве осторожны.", "IL SA", id="capitals with hyphens"),
    pytest.param("Поезд из Новосибирска в Караганду отменён.", "KZ RU", id="cities"),
    pytest.param("Суд в Ростове-на-Дону и больница в Гяндже.", "AZ RU", id="cities that decline in their own way"),
    pytest.param("Кремль не ответил, Белый дом промолчал.", "RU US", id="seats of government"),
    pytest.param("Пожары в Якутии и Бурятии, снег в Техасе.", "RU US", id="regions"),
    pytest.param("В Нью-Йорке прошёл дождь.", "US", id="city with a hyphen"),
    pytest.param("Дорогу к селу Мост Шамкирского района закрыли.", "AZ", id="a district after the name of a village"),
    pytest.param("В порту Мингячевира, в Евлахе и в Закатале.", "AZ", id="smaller towns"),
    pytest.param("Госдеп возразил, бундестаг отложил.", "DE US", id="parliaments and ministries"),
    pytest.param("Обстрелян город Днепр.", "UA", id="a city and a river"),
    pytest.param("Как сообщили власти Того, выборы отложены.", "TG", id="Того with a capital within a sentence"),
    pytest.param("Генпрокуратура РА ответила, в Армении ждут.", "AM", id="an abbreviation in company"),
    # regions that are disputed
    pytest.param("Агдере и Ходжавенд на карте.", "X-NK", id="both names of a town"),
    pytest.param("Миссия в Нагорном Карабахе завершена.", "X-NK", id="Нагорный Карабах is its own row"),
    pytest.param("Нагорно-карабахское урегулирование, арцахские власти.", "X-NK", id="adjectives of the region"),
    pytest.param("Мост в Крым и порт Севастополя закрыты.", "X-CR", id="Крым"),
    pytest.param("Обстрел Донецка; в Луганске тихо; ДНР и ЛНР.", "X-DB", id="Донбасс by its towns and abbreviations"),
    pytest.param("Абхазские гвардейцы вернулись в Сухум.", "X-AB", id="Абхазия"),
    pytest.param("Приднестровье и Косово просят о встрече.", "XK X-TD", id="Приднестровье, Косово"),
    # former states
    pytest.param("В Советском Союзе и в ГДР строили иначе.", "DD SU", id="former states"),
]

ENGLISH = [
    pytest.param("The bridge links Georgia and Azerbaijan's capital.", "AZ GE", id="names, possessive"),
    pytest.param("The U.S. and the U.K. signed; the UAE did not.", "AE GB US", id="abbreviations"),
    pytest.param("US officials met British and Dutch envoys.", "GB NL US", id="demonyms"),
    pytest.param("Armenians, Turks and two Frenchmen were aboard.", "AM FR TR", id="people"),
    pytest.param("A Russo-Ukrainian line and a Franco-German tank.", "DE FR RU UA", id="first halves of adjectives"),
    pytest.param("North Korea spoke first, South Korean media said.", "KP KR", id="longest first, Koreas"),
    pytest.param("Papua New Guinea and Guinea-Bissau sent teams.", "GW PG", id="longest first, Guineas"),
    pytest.param("A storm hit New Mexico and Mexico City.", "MX US", id="longest first, Mexico"),
    pytest.param("The Democratic Republic of the Congo votes today.", "CD", id="longest first, Congo"),
    pytest.param("Ministers flew from Tbilisi to Ankara via Astana.", "GE KZ TR", id="capitals"),
    pytest.param("Trains run from Yekaterinburg; Gyumri waits.", "AM RU", id="cities"),
    pytest.param("Stepanakert fell silent; Nagorno-Karabakh emptied.", "X-NK", id="Karabakh"),
    pytest.param("Crimean ports and Donbas mines.", "X-CR X-DB", id="Crimea, Donbas"),
    pytest.param("Sukhumi and Tiraspol hold no embassies.", "X-AB X-TD", id="Abkhazia, Transnistria"),
    pytest.param("The Kremlin denied it, the White House waited.", "RU US", id="seats of government"),
    pytest.param("Voters in Ohio, Nevada and Alberta.", "CA US", id="regions"),
    pytest.param("A diner in Paris, Texas, reopened.", "US", id="Paris, Texas"),
    pytest.param("She moved from Athens, Ga., to London, Ontario.", "CA US", id="places by their region"),
    pytest.param("A factory in Albany County closed.", "US", id="county"),
    pytest.param("A lab in Cambridge, Mass., and a farm near Tyler, Tex.", "US", id="more short names of states"),
    pytest.param(
        "The Georgia Senate voted; Georgia Republicans agreed.", "US", id="institutions of Georgia, the state"
    ),
    pytest.param("The Verkhovna Rada and the Bundestag adjourned.", "DE UA", id="parliaments"),
    pytest.param("JAPAN RAISES RATES, CHINA WAITS", "CN JP", id="everything in capitals"),
    pytest.param("Soviet maps and Yugoslav stamps.", "SU YU", id="former states"),
]

AZERBAIJANI = [
    pytest.param("Rusiyanın səfiri Azərbaycana qayıdıb.", "AZ RU", id="genitive, dative"),
    pytest.param("Türkiyədən gələn yük İranda qaldı.", "IR TR", id="ablative, locative"),
    pytest.param("Ermənistanla Gürcüstan arasında körpü.", "AM GE", id="instrumental, nominative"),
    pytest.param("Nazir Petrov Bakıya, oradan Tiflisə uçub.", "AZ GE", id="a surname before the place"),
    pytest.param("ABŞ-ın və BƏƏ-nin şirkətləri.", "AE US", id="abbreviations"),
    pytest.param("Amerika Birləşmiş Ştatlarında seçki, Böyük Britaniyada tətil.", "GB US", id="names of two words"),
    pytest.param("Səudiyyə Ərəbistanına neft, Çinə qaz.", "CN SA", id="a name that ends in a suffix"),
    pytest.param("Rus və gürcü jurnalistlər, üç ukraynalı.", "GE RU UA", id="people"),
    pytest.param("Rusiyalı ekspert bakılılarla danışdı.", "AZ RU", id="inhabitants"),
    pytest.param("Xankəndidə və Şuşada yağış.", "X-NK", id="a disputed region"),
    pytest.param("Cənubi Osetiyada, Krımda, Abxaziyada.", "X-AB X-CR X-SO", id="disputed regions"),
    pytest.param("Londonda, Madriddə və Ankarada görüş.", "ES GB TR", id="capitals written as in English"),
    pytest.param("Qazax rayonunda dolu, qazax gənclər qalib.", "AZ KZ", id="a town and a people of one name"),
    pytest.param("Rus dilində kitab, ingilis dili dərsi.", "", id="languages"),
    pytest.param("Minsk qrupunun iclası, Hind okeanında fırtına.", "", id="Minsk Group, an ocean"),
    pytest.param("Dili sadədir. Mali yardım. Sana yazdım.", "", id="words that only look like places"),
]

NOT_PLACES = [
    # persons
    pytest.param("Владимир Соколов открыл выставку.", id="Владимир is a man"),
    pytest.param("На встрече был Владимир.", id="Владимир alone"),
    pytest.param("Роман Джека Лондона переиздали.", id="Джек Лондон"),
    pytest.param("Играет Майкл Джордан, судит Чад Смит.", id="Джордан, Чад"),
    pytest.param("Michael Jordan and Chad Kelly retired.", id="Jordan, Chad"),
    pytest.param("Paris Hilton and Irving Berlin were quoted.", id="Paris Hilton, Irving Berlin"),
    pytest.param("Denzel Washington stars; Washington liked the script.", id="the surname alone afterwards"),
    pytest.param("Композитор Чайковский и писатель Пушкин.", id="surnames that are towns"),
    pytest.param("Доклад прочла Виктория Орлова.", id="Виктория"),
    pytest.param("Путин встретился с Алиевым.", id="a surname says nothing"),
    pytest.param("Lloyd Austin spoke. Austin left early.", id="a given name at the start"),
    # what is called after a place
    pytest.param("Саммит ГУАМ отложен. The GUAM summit was put off.", id="an organization, not the island"),
    pytest.param("ФК Карабах сыграл вничью, клуб Марсель проиграл.", id="clubs without quotation marks"),
    pytest.param("FC Barcelona signed him.", id="FC before a city"),
    pytest.param("She told the New York Times; the Moscow Times had asked.", id="papers"),
    pytest.param("Об этом пишут Нью-Йорк Таймс и газета «Вашингтон пост».", id="papers in Russian"),
    pytest.param("Стороны помнят Парижское соглашение и Алма-Атинскую декларацию.", id="agreements"),
    pytest.param("The Geneva Conventions and the Rome Statute bind them.", id="agreements in English"),
    # plain words
    pytest.param("Того, что обещали, никто не увидел.", id="Того, of that"),
    pytest.param("После того как куба не стало, перу нашлось дело.", id="small letters"),
    pytest.param("Орёл парил над степью.", id="орёл, the bird"),
    pytest.param("Они сели на стул, а мы на лавку.", id="a verb"),
    pytest.param("Roast turkey on fine china, please.", id="turkey, china"),
    pytest.param("Nice weather; Reading takes time.", id="Nice, Reading at the start"),
    pytest.param("It is up to us, they told us.", id="us"),
    # languages and things
    pytest.param("Книга вышла на английском и французском языках.", id="languages with язык"),
    pytest.param("Он бегло говорит на немецком.", id="language alone"),
    pytest.param("Учебник татарского языка.", id="language of a region"),
    pytest.param("Navies met in the Gulf of Oman, then in the Sea of Azov.", id="gulfs and seas"),
    pytest.param("The anthem was sung in French.", id="in French"),
    pytest.param("Начало в 19:00 по московскому времени.", id="Moscow time"),
    pytest.param("Буря над Индийским океаном и Мексиканским заливом.", id="seas"),
    pytest.param("A cyclone over the Indian Ocean.", id="Indian Ocean"),
    pytest.param("Минская группа не собиралась.", id="Minsk Group"),
    pytest.param("Футболисты «Карабаха» обыграли «Милан».", id="clubs in quotation marks"),
    pytest.param("Диктатор Франко, индо и англо сами по себе.", id="first halves of adjectives alone"),
    pytest.param("An Indo-Pacific fleet; Anglo-Saxon law.", id="Indo-Pacific, Anglo-Saxon"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize(("text", "expected"), [*RUSSIAN, *ENGLISH])
def test_countries_are_found(find: FindCountries, text: str, expected: str) -> None:
    assert codes(find(document(text))) == set(expected.split())


@pytest.mark.parametrize(("text", "expected"), AZERBAIJANI)
def test_countries_are_found_in_azerbaijani(find: FindCountries, text: str, expected: str) -> None:
    azerbaijani = Document(RawDocument(text), language=LanguageClaim("az", 1.0))

    assert codes(find(azerbaijani)) == set(expected.split())


def test_a_language_that_is_not_sure_leaves_the_names_of_every_text(find: FindCountries) -> None:
    guessed = Document(RawDocument("Ganja and Moscow agree."), language=LanguageClaim("az", 0.4))

    assert codes(find(guessed)) == {"AZ", "RU"}


def test_names_of_a_language_are_looked_for_in_texts_of_that_language_only(find: FindCountries) -> None:
    assert codes(find(document("Cina Hindistan, Rusiya."))) == set()


@pytest.mark.parametrize("text", NOT_PLACES)
def test_words_that_only_look_like_places_are_left_out(find: FindCountries, text: str) -> None:
    assert codes(find(document(text))) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Georgia and Russia reopened the pass above Tbilisi.", "GE RU", id="Georgia, a country"),
        pytest.param("Police in Georgia and Alabama searched for the car.", "US", id="Georgia, beside Alabama"),
        pytest.param("The airline left Atlanta, Georgia.", "US", id="Georgia, after Atlanta"),
        pytest.param("Korea's fleet left Pyongyang.", "KP", id="Korea, with Pyongyang"),
        pytest.param("Korea's exports rose, Seoul said.", "KR", id="Korea, with Seoul"),
        pytest.param("Birmingham is twinned with Lyon.", "FR GB", id="Birmingham, the larger"),
        pytest.param("Выборы в Конго перенесли.", "CD", id="Конго, the larger"),
        pytest.param("В Браззавиле ждут: в Конго снова выборы.", "CG", id="Конго, with Браззавиль"),
    ],
)
def test_a_shared_name_goes_to_the_country_that_the_rest_speaks_of(
    find: FindCountries, text: str, expected: str
) -> None:
    assert codes(find(document(text))) == set(expected.split())


def test_a_guarded_name_counts_where_a_preposition_says_that_it_is_a_place(find: FindCountries) -> None:
    assert codes(find(document("Выставка открылась во Владимире."))) == {"RU"}


def test_evidence_is_what_stands_at_its_offsets(find: FindCountries) -> None:
    title, body = "Azerbaijan’s envoy in Paris", "Baku’s envoy met İlham’s aide.\n\nВ Баку ждут ответа Франции."

    found = find(document(body, title))

    texts = {"title": title, "body": body}
    spans = {(one.field, one.text) for claim in found.countries for one in claim.evidence}
    assert spans == {
        ("title", "Azerbaijan"),
        ("title", "Paris"),
        ("body", "Baku"),
        ("body", "Баку"),
        ("body", "Франции"),
    }
    for claim in found.countries:
        for one in claim.evidence:
            assert texts[one.field][one.start : one.end] == one.text


def test_title_lead_and_share_make_an_article_be_about_a_country(find: FindCountries) -> None:
    body = (
        "Министр Армении прибыл с визитом. Переговоры с армянской стороной займут два дня.\n\n"
        "Ереван предложил открыть дорогу. Эксперты из Еревана оценили её длину в сорок километров, и всю её "
        "проложат по равнине, где дожди бывают редко и зимой не бывает лавин.\n\n"
        "Прежде такие дороги строили в Казахстане."
    )

    found = find(document(body, "Армения откроет дорогу"))

    assert roles(found, "about") == {"AM"}
    assert roles(found, "mentioned") == {"KZ"}
    assert [claim.weight for claim in found.countries] == sorted(
        (claim.weight for claim in found.countries), reverse=True
    )
    assert all(0 < claim.weight <= 1 for claim in found.countries)


def test_a_dateline_makes_the_only_place_what_the_article_is_about(find: FindCountries) -> None:
    found = find(document("TORONTO, March 3 - The company said profit fell. Nothing else was said."))

    assert roles(found, "about") == {"CA"}


@pytest.mark.parametrize(
    ("body", "about"),
    [
        pytest.param(
            "The ferry that links the two shores will sail each day, the ports of Estonia and Finland said. "
            "Tickets are sold from June. Estonian bakers will bring bread.",
            "EE FI",
            id="end of the first sentence",
        ),
        pytest.param(
            "ТАЛЛИН, 3 марта. /Вестник/. Паром между двумя берегами будет ходить каждый день, сказали в Финляндии. "
            "Билеты продают с июня. Эстонские пекари привезут хлеб.",
            "EE FI",
            id="of that behind the dateline",
        ),
        pytest.param(
            "The ferry that links the two shores will sail each day, the ports of Estonia said. "
            "Tickets are sold from June in Finland. Estonian bakers will bring bread.",
            "EE",
            id="second sentence",
        ),
    ],
)
def test_the_lead_of_a_short_text_is_its_first_sentence_at_least(find: FindCountries, body: str, about: str) -> None:
    found = find(document(body))

    assert codes(found) == {"EE", "FI"}
    assert roles(found, "about") == set(about.split())


def test_an_article_that_names_countries_once_each_is_about_all_of_them(find: FindCountries) -> None:
    found = find(document("Делегации прибыли. Их прислали Иран, Туркмения и Казахстан."))

    assert roles(found, "about") == {"IR", "KZ", "TM"}


@pytest.mark.parametrize(
    ("body", "about"),
    [
        pytest.param(
            "Postmen of Peru, Chile and the Philippines met in Lima. They walked. Peru won, and Lima sang.",
            "CL PE PH",
            id="three",
        ),
        pytest.param(
            "Почтальоны из Перу, Чили, а также с Филиппин встретились в Лиме. Они шли. Перу победило, и Лима пела.",
            "CL PE PH",
            id="in Russian",
        ),
        pytest.param(
            "Postmen of Peru and Chile met in Lima, far from the Philippines. They walked. Peru won, and Lima sang.",
            "PE",
            id="two, and another apart",
        ),
        pytest.param(
            "Postmen of Peru met in Lima. They walked. Peru won, and Lima sang. Guests of Peru, Chile and Nepal ate.",
            "PE",
            id="below the first sentence",
        ),
    ],
)
def test_countries_that_the_first_sentence_enumerates_share_their_role(
    find: FindCountries, body: str, about: str
) -> None:
    assert roles(find(document(body)), "about") == set(about.split())


@pytest.mark.parametrize(
    ("body", "about"),
    [
        pytest.param(
            "Talks between Peru and Chile on mail ended. They walked. Peru won, and Peru sang. Nepal rested.",
            "CL PE",
            id="between",
        ),
        pytest.param(
            "Переговоры между Перу и Чили о почте завершены. Они шли. Перу победило, и Перу пело. Непал отдыхал.",
            "CL PE",
            id="in Russian",
        ),
        pytest.param(
            "Talks of Peru, Chile aside, on mail ended. They walked. Peru won, and Peru sang. Nepal rested.",
            "PE",
            id="not between",
        ),
    ],
)
def test_two_between_whom_something_is_share_their_role(find: FindCountries, body: str, about: str) -> None:
    filler = " They walked on, and on, and rested by the road." * 4 + " Guests came from Ghana, Malta, Fiji and Oman."

    assert roles(find(document(body + filler)), "about") == set(about.split())


def test_of_many_countries_that_are_named_in_passing_an_article_is_about_the_first(find: FindCountries) -> None:
    found = find(
        document("They came. " * 20 + "Of Ghana spoke one, of Malta a second. A third had seen Nepal, a fourth Peru.")
    )

    assert roles(found, "about") == {"GH"}


ISLANDS = tuple(
    Country(code, kind, name, name, {"en": {"name": (name,)}}, claimants)
    for code, kind, name, claimants in (
        ("X-ZZ", "disputed", "Zubrovka", ("XA", "XB")),
        ("XA", "state", "Lutha", ()),
        ("XB", "state", "Borduria", ()),
        ("XC", "state", "Syldavia", ()),
    )
)


@pytest.mark.parametrize(
    ("body", "about"),
    [
        pytest.param(
            "Zubrovka counts its sheep. In Zubrovka snow is deep. Lutha and Syldavia sent hay.",
            "X-ZZ XA",
            id="one of them",
        ),
        pytest.param(
            "Zubrovka counts its sheep. In Zubrovka snow is deep. " + "Zubrovka waits. " * 6 + "Lutha sent hay.",
            "X-ZZ",
            id="in passing",
        ),
        pytest.param(
            "Syldavia counts its sheep. In Syldavia snow is deep. Zubrovka and Lutha sent hay.",
            "XC",
            id="region only mentioned",
        ),
    ],
)
def test_an_article_about_a_region_is_about_those_who_claim_it(body: str, about: str) -> None:
    found = FindCountries(ISLANDS)(document(body))

    assert roles(found, "about") == set(about.split())


def test_only_the_body_counts_and_not_what_was_cut(find: FindCountries) -> None:
    from newsdesk.pipeline.document import Cut

    raw = "В Ереване открыли парк.\nЧитайте также: погода в Лондоне"
    cut = Document(RawDocument(raw), cuts=(Cut(raw.index("Читайте"), len(raw), "teaser"),))

    assert codes(find(cut)) == {"AM"}


def test_evidence_kept_is_limited_and_the_weight_is_not(find: FindCountries) -> None:
    found = find(document("Страна Чехия. " * 50))

    assert len(found.countries[0].evidence) == 20
    assert found.countries[0].weight == 1.0


def test_names_that_an_editor_adds_are_found_in_all_their_cases() -> None:
    country = Country("X-ZZ", "disputed", "Zubrovka", "Зубровка", {"ru": {"name": ("Зубровка",)}, "en": {}})

    found = FindCountries((country,))(document("В Зубровке выбрали главу Зубровки."))

    assert [(claim.code, len(claim.evidence)) for claim in found.countries] == [("X-ZZ", 2)]


WORDS = [
    "Париж",
    "Paris",
    "Texas",
    ",",
    "Владимир",
    "Georgia",
    "«",
    "»",
    "U.S.",
    "на",
    "английском",
    "и",
    "\n\n",
    "Orange",
]


@settings(max_examples=150)
@given(
    title=st.text(max_size=40),
    body=st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
def test_any_text_is_survived_and_evidence_stays_exact(find: FindCountries, title: str, body: str) -> None:
    found = find(document(body, title))

    for claim in found.countries:
        assert 0 < claim.weight <= 1
        for one in claim.evidence:
            assert {"title": title, "body": body}[one.field][one.start : one.end] == one.text
