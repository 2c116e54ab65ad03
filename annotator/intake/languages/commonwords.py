"""The words that come most often in each language in Latin letters, and the letters of scripts.

Enough to tell a paragraph's language without a model; `language` asks one where these leave doubt.
Kin that share most words (Galician and Portuguese, Catalan and Spanish, Afrikaans and Dutch) are
all here, so that the wrong one of two is not thought sure.
"""

from __future__ import annotations

_COMMON = {
    "en": "the of and to in a shall for that by or which with this be is are any its was were has "
    "have had not but from it as at on an he she they his her their been will who said would",
    "fr": "le la les des et du une dans pour que qui par sur au aux est ou ne se ce cette ces son "
    "sa ses leur leurs en un il elle ils pas plus avec été sont être ont toute tout "
    "si y on a à lui nul tous lorsque cet aucun même entre sans ou où",
    "es": "el los las y del una para que por con se su al lo es como o sus no en la de un más ha "
    "han fue son este esta pero sin sobre entre toda todo",
    "pt": "o os as e do da dos das uma um para que por com se no na nos nas ao à é não em de mais "
    "foi são ser sua seu pela pelo ou como também este esta qualquer",
    "gl": "o os as e do da dos das unha un para que por con se no na nos nas ao é non en de máis "
    "foi son ser súa seu pola polo ou como tamén este esta dunha coa",
    "it": "il lo la i gli le e di del della dei delle degli dell un una per che con si al alla in "
    "non è da dal dalla nel nella sono o come ogni anche più questo questa ha hanno",
    "ca": "el els la les i de del dels d l una un per que amb es al als en no és són o com aquest "
    "aquesta més ha han tota tot seva seu",
    "ro": "și de la în un o a al ale care cu pe din nu se că pentru sau este sunt să prin mai fi "
    "orice această acest lui ei au fost",
    "de": "der die das und des dem den ein eine einer eines einem in zu von mit auf für ist sind "
    "nicht sich im zur zum oder als auch nach bei aus über durch wird werden dass hat haben",
    "nl": "de het een en van in te dat die voor met op is zijn niet aan door of bij ook als naar "
    "uit over tot deze dit wordt worden heeft hebben er iedere elke kan om",
    "af": "die en van in te dat wat vir met op is nie aan deur of by ook as na uit oor tot "
    "hierdie word het sal enige hulle om moet elke nie",
    "sv": "och att det som en ett den på är av för till med i inte har om eller vid från ska kan "
    "de sig denna detta genom under var varje skall inom har hade",
    "da": "og at det som en et den på er af for til med i ikke har om eller ved fra skal kan de "
    "sig denne dette gennem under var hver inden blev efter havde",
    "nb": "og at det som en et den på er av for til med i ikke har om eller ved fra skal kan de "
    "seg denne dette gjennom under var hver innen ble etter hadde",
    "fi": "ja on ei se että joka jotka tai sekä ovat oli kun niin myös mutta jos kuin tämän tässä "
    "sen hän voi tulee jokaisen mukaan",
    "et": "ja on ei et mis kes või ning oli kui see selle ka aga iga kohta tema võib seda",
    "pl": "i w na z do że się nie o jest od po za oraz lub jak który która które przez dla ma są "
    "tym tego jego każdy być być przy ich",
    "cs": "a v na z do že se ne o je od po za nebo jak který která které pro má jsou tím toho "
    "jeho každý být při jejich by aby však také s k",
    "sk": "a v na z do že sa nie o je od po za alebo ako ktorý ktorá ktoré pre má sú tým toho "
    "jeho každý byť pri ich by aby však tiež s k",
    "sl": "in v na z do da se ne o je od po za ali kot ki pri so tem tega njegov vsak biti "
    "njihov bi pa tudi s k iz ter",
    "hr": "i u na s z do da se ne o je od po za ili kao koji koja koje pri su tim toga njegov "
    "svaki biti njihov bi te također iz prema",
    "hu": "a az és hogy nem egy is van meg el vagy mint azt ez csak de már ha aki amely minden "
    "valamint által szerint még",
    "tr": "ve bir bu için ile da de olan olarak veya her ne gibi daha kadar sonra en çok değil "
    "ise göre tarafından ya",
    "id": "yang dan di untuk dengan dari pada dalam ini itu atau oleh tidak adalah setiap akan "
    "telah ke sebagai dapat bahwa wajib karena juga",
    "ms": "yang dan di untuk dengan dari pada dalam ini itu atau oleh tidak adalah setiap akan "
    "telah ke sebagai boleh bahawa hendaklah kerana juga",
    "vi": "và của các có là được trong cho không với những một này người khi để về theo tại từ "
    "hoặc bị phải đã mỗi",
    "sw": "na ya wa kwa ni la za katika cha kuwa hii hiyo au ambayo kama hili yake wake kila "
    "kutoka lakini baada mtu",
    "sq": "dhe në e të i një për me nga që se është nuk ose do si kjo ky duke janë tij",
    "lt": "ir į kad iš su yra ar bei taip jo kuris kuri dėl pagal būti šio ne tai",
    "lv": "un ir ka no ar par uz vai kas tā kā lai šī pēc arī nav tiek bet",
    "tl": "ang ng sa mga na at ay ito si kung hindi para ni may isang kanyang bawat",
}


def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, words in _COMMON.items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


LANGUAGES_OF = _index()

# First and last code point of each script, with the language that alone is written in it, or the
# name of the script where several are. Sorted, for bisection.
SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0780, 0x07BF, "dv"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "km"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "el"),
    (0x3041, 0x30FF, "ja"),
    (0x3130, 0x318F, "ko"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "ko"),
    (0xF900, 0xFAFF, "han"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0x20000, 0x2FA1F, "han"),
)
