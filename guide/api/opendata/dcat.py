"""The description of the open data in DCAT 3 (JSON-LD), as data portals harvest it."""

from typing import Any, Final

from guide.api.links import Links
from guide.api.opendata.files import DATA_SETS, FACILITIES, MEDIA_TYPES, DataSet, rows_of
from guide.api.opendata.rows import OpenRows
from guide.areas.served import ServedArea
from guide.domain.area import OpenData
from guide.http.texts import Language, text

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"
_FACILITY_LIST: Final = "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test"


def catalogue(area: ServedArea, about: OpenData, rows: OpenRows, links: Links) -> dict[str, Any]:
    """Every set of an area and the files of each."""
    root = f"{links.root}/open-data"
    return {
        "@context": _CONTEXT,
        "@id": root,
        "@type": "dcat:Catalog",
        "dct:title": _said(area, "open-data.title"),
        "dct:description": _said(area, "open-data.about"),
        "dct:publisher": _publisher(about, root),
        "dct:license": {"@id": licence_address(about.licence)},
        "dct:language": [_language(language) for language in Language],
        "foaf:homepage": {"@id": links.base_url},
        "dcat:dataset": [_data_set(area, each, about, rows, links) for each in DATA_SETS],
    }


def licence_address(licence: str) -> str:
    """Where a licence can be read."""
    return _LICENCES.get(licence, f"https://spdx.org/licenses/{licence}")


def _data_set(area: ServedArea, each: DataSet, about: OpenData, rows: OpenRows, links: Links) -> dict[str, Any]:
    root = f"{links.root}/open-data"
    count = len(rows_of(rows, each))
    kept_back = rows.kept_back[each.kind] if each.kind else 0
    described = _said(area, f"open-data.{each.name}", count=count)
    if kept_back:
        described = [
            {
                **said,
                "@value": said["@value"] + text("open-data.kept-back", Language(said["@language"]), count=kept_back),
            }
            for said in described
        ]
    found: dict[str, Any] = {
        "@id": f"{root}#{each.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{area.id}/{each.name}",
        "dct:title": _said(area, f"open-data.{each.name}-title"),
        "dct:description": described,
        "dct:publisher": {"@id": f"{root}#publisher"},
        "dct:license": {"@id": licence_address(about.licence)},
        "dct:spatial": _frame(area),
        "dcat:keyword": [{"@value": word, "@language": "ja"} for word in ("観光", "坂", "地図")],
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/TRAN"},
        "dcat:landingPage": {"@id": links.collection(each.name) if each.kind else links.root},
        "dcat:distribution": [_file(each, ending, about, root) for ending in each.endings],
    }
    if each.name == FACILITIES:
        found["dct:conformsTo"] = {"@id": _FACILITY_LIST}
    if about.contact:
        found["dcat:contactPoint"] = {"@type": "vcard:Organization", "vcard:hasURL": {"@id": about.contact}}
    return found


def _file(each: DataSet, ending: str, about: OpenData, root: str) -> dict[str, Any]:
    address = f"{root}/{each.name}.{ending}"
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": ending.upper() if ending == "csv" else "GeoJSON",
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPE}{MEDIA_TYPES[ending]}"},
        "dct:license": {"@id": licence_address(about.licence)},
    }


def _publisher(about: OpenData, root: str) -> dict[str, Any]:
    names = {Language.JA: about.publisher_ja, Language.EN: about.publisher_en}
    return {
        "@id": f"{root}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": [{"@value": name, "@language": language.value} for language, name in names.items()],
    }


def _frame(area: ServedArea) -> dict[str, Any]:
    west, south, east, north = area.manifest.area.bbox
    ring = ", ".join(f"{x} {y}" for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south)))
    return {
        "@type": "dct:Location",
        "dcat:bbox": {"@value": f"POLYGON(({ring}))", "@type": "gsp:wktLiteral"},
    }


def _said(area: ServedArea, key: str, **values: object) -> list[dict[str, str]]:
    info = area.manifest.area
    names = {Language.JA: info.name_ja, Language.EN: info.name_en}
    return [
        {"@value": text(key, language, area=names[language], **values), "@language": language.value}
        for language in Language
    ]


def _language(language: Language) -> dict[str, str]:
    code = {Language.JA: "JPN", Language.EN: "ENG"}[language]
    return {"@id": f"http://publications.europa.eu/resource/authority/language/{code}"}
