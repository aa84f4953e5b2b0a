/** Tiles out of the archives of towns that were taken along: one file each instead of thousands. */
import { PMTiles, type RangeResponse, type Source } from "pmtiles";
import { TOWN } from "../offline/names";

const ADDRESS = /^\/api\/([^/]+)\/tiles\/([^/]+)\/WebMercatorQuad\/(\d+)\/(\d+)\/(\d+)$/;

export interface TileAddress {
  area: string;
  tileset: string;
  z: number;
  row: number;
  col: number;
  version: string | null;
}

export function tileAddress(url: URL): TileAddress | null {
  const found = ADDRESS.exec(url.pathname);
  if (!found) return null;
  const [, area = "", tileset = "", z, row, col] = found;
  return {
    area: decodeURIComponent(area),
    tileset: decodeURIComponent(tileset),
    z: Number(z),
    row: Number(row),
    col: Number(col),
    version: url.searchParams.get("v"),
  };
}

/** An archive as it lies in a cache; the browser reads the parts that are asked for. */
class BlobSource implements Source {
  readonly #key: string;
  readonly #blob: Blob;

  constructor(key: string, blob: Blob) {
    this.#key = key;
    this.#blob = blob;
  }

  getKey(): string {
    return this.#key;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: await this.#blob.slice(offset, offset + length).arrayBuffer() };
  }
}

const opened = new Map<string, PMTiles>();

/** The archive of a tileset: of the wanted version, or with `version` null of any. */
async function archiveOf(
  { area, tileset }: TileAddress,
  version: string | null,
): Promise<PMTiles | null> {
  const prefix = `/api/${encodeURIComponent(area)}/archives/${tileset}-`;
  const towns = (await caches.keys()).filter((name) => name.startsWith(`${TOWN}${area}-`));
  for (const name of towns.reverse()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (!pathname.startsWith(prefix)) continue;
      if (version !== null && !pathname.endsWith(`/${version}.pmtiles`)) continue;
      const known = opened.get(`${name} ${pathname}`);
      if (known) return known;
      const response = await cache.match(url, { ignoreVary: true });
      if (!response) continue;
      const archive = new PMTiles(new BlobSource(url, await response.blob()));
      opened.set(`${name} ${pathname}`, archive);
      return archive;
    }
  }
  return null;
}

/** The tile, an empty reply where the archive has none, or null where no archive is kept. */
export async function tileFromArchive(
  address: TileAddress,
  version: string | null,
): Promise<Response | null> {
  const archive = await archiveOf(address, version);
  if (!archive) return null;
  const tile = await archive.getZxy(address.z, address.col, address.row);
  if (!tile) return new Response(null, { status: 204 });
  return new Response(tile.data, { headers: { "content-type": "application/octet-stream" } });
}
