"""The words of further languages, in their common forms; `lexicon` has the six in full."""

from __future__ import annotations

from annotator.intake.references.words import Words, units

NL = Words(
    units=units(
        annex="bijlage | bijlagen",
        part="deel | delen",
        title="titel | titels",
        chapter="hoofdstuk | hoofdstukken",
        section="afdeling paragraaf | afdelingen paragrafen",
        article="artikel art | artikelen artt",
        sign="§ | §§",
        paragraph="lid | leden",
        subparagraph="alinea | alinea's",
        point="onderdeel letter punt | onderdelen letters",
        indent="streepje gedachtestreepje | streepjes gedachtestreepjes",
    ),
    also=r"(?:,\s*(?:en|of)\b|,|(?:en/of|en|of|alsmede)\b)",
    through=r"(?:tot\s+en\s+met|t/m|tot)(?=\s)",
    of=r",?\s*(?:van|in|uit)\b",
    article_word=r"(?:het|de)\b",
    into_list="",
    before={
        "this": r"(?:dit|deze|het\s+onderhavige)",
        "that": r"(?:dat|die|genoemde?|voormelde?)",
        "previous": r"(?:het\s+|de\s+)?(?:vorige|voorgaande|voorafgaande)",
        "next": r"(?:het\s+|de\s+)volgende",
    },
    after={"previous": r"hierboven\b", "next": r"hieronder\b"},
    ordinals={"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1},
    own=r"(?:dit|deze)",
    instruments=r"\w*verdrag|protocol|handvest|\w*wet|\w*wetboek|verordening|richtlijn|overeenkomst|"
    r"grondwet|besluit|statuut",
    measures=r"dagen|weken|maanden|jaar|jaren|uren?|procent|staten|partijen|leden|personen|landen",
    conjunctions="au",
)

DE = Words(
    units=units(
        annex="anhang anlage | anhänge anlagen",
        part="teil | teile",
        title="titel",
        chapter="kapitel kapitels | kapiteln",
        section="abschnitt abschnitts abschnittes | abschnitte abschnitten",
        article="artikel artikels art | artikeln",
        sign="§ | §§",
        paragraph="absatz absatzes abs | absätze absätzen",
        subparagraph="unterabsatz unterabsatzes unterabs | unterabsätze",
        point="buchstabe buchst lit nummer nr ziffer | buchstaben nummern",
        indent="gedankenstrich gedankenstrichs spiegelstrich spiegelstrichs anstrich | "
        "gedankenstriche spiegelstriche anstriche",
    ),
    also=r"(?:,\s*(?:und|oder|sowie)\b|,|(?:und/oder|und|oder|sowie)\b)",
    through=r"bis\b",
    of=r",?\s*(?:des|der|von|in|im)\b",
    article_word=r"(?:der|des|dem|den|die|das)\b",
    into_list="",
    before={
        "this": r"(?:diese[mrsn]?|vorliegende[mrsn]?)",
        "that": r"(?:jene[mrsn]?|genannte[mrsn]?|desselben|derselben)",
        "previous": r"(?:de[mrs]\s+)?(?:vorstehende|vorhergehende|vorherige|vorangehende)[mrsn]?",
        "next": r"(?:de[mrs]\s+)?(?:nachstehende|folgende|nächste)[mrsn]?",
    },
    after={"previous": r"oben\b", "next": r"unten\b"},
    ordinals={
        f"{word}{ending}": number
        for word, number in (
            ("erste", 1),
            ("zweite", 2),
            ("dritte", 3),
            ("vierte", 4),
            ("fünfte", 5),
            ("letzte", -1),
        )
        for ending in ("", "r", "n", "s", "m")
    },
    own=r"diese[mrsn]?",
    instruments=r"\w*übereinkommens?|\w*protokolls?|\w*charta|\w*gesetz(?:es|buch(?:es|s)?)?|"
    r"\w*verordnung|\w*richtlinie|\w*vertrage?s?|\w*verfassung|\w*abkommens?|\w*konvention|\w*pakte?s?",
    measures=r"tagen?|wochen?|monaten?|jahren?|stunden?|prozent|staaten|mitglieder|personen|länder",
)

PT = Words(
    units=units(
        annex="anexo | anexos",
        part="parte | partes",
        title="título | títulos",
        chapter="capítulo | capítulos",
        section="secção seção | secções seções",
        article="artigo art | artigos arts",
        sign="§ | §§",
        paragraph="parágrafo número n.º | parágrafos números n.os",
        point="alínea inciso ponto | alíneas incisos pontos",
        indent="travessão | travessões",
    ),
    also=r"(?:,\s*(?:e|ou)\b|,|(?:e/ou|e|ou|bem\s+como)\b)",
    through=r"(?:a|ao|até)(?=[\s(])",
    of=r",?\s*(?:dos|das|do|da|de|no|na)\b",
    article_word=r"(?:o|a|os|as)\b",
    into_list="",
    before={
        "this": r"(?:(?:o|a|do|da|no|na|ao|à)\s+presente|este|esta|deste|desta|neste|nesta)",
        "that": r"(?:esse|essa|desse|dessa|o\s+mesmo|do\s+mesmo|referid[oa])",
    },
    after={
        "previous": r"(?:anteriore?s?|precedentes?)\b",
        "next": r"(?:seguintes?)\b(?!\s*:)",
    },
    ordinals={
        "primeiro": 1,
        "primeira": 1,
        "segundo": 2,
        "segunda": 2,
        "terceiro": 3,
        "terceira": 3,
        "quarto": 4,
        "quarta": 4,
        "quinto": 5,
        "quinta": 5,
        "último": -1,
        "última": -1,
    },
    own=r"(?:presente|este|esta|deste|desta)",
    instruments=r"convenção|protocolo|carta|tratado|pacto|lei|código|constituição|regulamento|"
    r"diretiva|acordo|decreto|estatuto",
    measures=r"dias?|semanas?|meses|anos?|horas?|por\s*cento|estados?|membros?|partes|pessoas?",
    conjunctions="aeo",
)

IT = Words(
    units=units(
        annex="allegato | allegati",
        part="parte | parti",
        title="titolo | titoli",
        chapter="capitolo capo | capitoli capi",
        section="sezione | sezioni",
        article="articolo art | articoli artt",
        sign="§ | §§",
        paragraph="paragrafo comma par | paragrafi commi",
        point="lettera lett punto numero | lettere punti numeri",
        indent="trattino | trattini",
    ),
    also=r"(?:,\s*(?:e|o|ed)\b|,|(?:e/o|e|ed|o|nonché)\b)",
    through=r"(?:a|al|fino\s+a|fino\s+all['’])(?=[\s(\d])",
    of=r",?\s*(?:dell['’]|della\b|dello\b|del\b|dei\b|degli\b|delle\b|di\b)",
    article_word=r"(?:l['’]|il\b|la\b|lo\b|gli\b|i\b|le\b)",
    into_list=r"(?:da)\b",
    before={
        "this": r"(?:(?:il|del|al|la|della|alla)\s+presente|presente|questo|questa)",
        "that": r"(?:detto|detta|suddetto|stesso|medesimo|tale)",
    },
    after={
        "previous": r"(?:precedent[ei]|che\s+precede|di\s+cui\s+sopra)\b",
        "next": r"(?:seguent[ei]|successiv[oi])\b(?!\s*:)",
    },
    ordinals={
        "primo": 1,
        "prima": 1,
        "secondo": 2,
        "seconda": 2,
        "terzo": 3,
        "quarto": 4,
        "quinto": 5,
        "ultimo": -1,
    },
    own=r"(?:presente|questo|questa)",
    instruments=r"convenzione|protocollo|carta|trattato|patto|legge|codice|costituzione|"
    r"regolamento|direttiva|accordo|decreto|statuto",
    measures=r"giorni|settimane|mesi|anni|ore|per\s*cento|stati|membri|parti|persone|paesi",
    conjunctions="aeio",
)

VI = Words(
    units=units(
        annex="phụ_lục",
        part="phần",
        chapter="chương",
        section="mục",
        article="điều",
        paragraph="khoản",
        point="điểm",
    ),
    also=r"(?:,\s*(?:và|hoặc)\b|,|(?:và|hoặc)\b)",
    through=r"(?:đến)\b",
    of=r"(?:,?\s*(?:của|tại|trong)\b)?",
    article_word=r"(?!)",
    into_list=r"(?:từ)\b",
    before={"this": r"(?!)"},
    after={"this": r"này\b", "previous": r"(?:trên|trước)\b"},
    ordinals={},
    own=r"(?!)",
    instruments=r"công\s+ước|nghị\s+định\s+thư|hiến\s+chương|luật|bộ\s+luật|hiến\s+pháp|hiệp\s+định",
    measures=r"ngày|tháng|năm|giờ|phần\s+trăm|quốc\s+gia",
)
