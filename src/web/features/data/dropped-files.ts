/** Files that systems put into folders by themselves. */
const isClutter = (name: string) => /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name);

/**
 * Returns the files of a drop, also those inside of folders, however deep.
 *
 * @param transfer what was dropped
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly File[]> {
  // Entries have to be taken before the first wait: the browser empties the list after that.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const plain = [...transfer.files];
  if (entries.length === 0) return plain.filter(({ name }) => !isClutter(name));
  const found = await Promise.all(entries.map(filesOfEntry));
  return found.flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isClutter(entry.name)) return [];
  if (isFile(entry)) {
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!isFolder(entry)) return [];
  const inside = await entriesOf(entry.createReader());
  const found = await Promise.all(inside.map(filesOfEntry));
  return found.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A reader hands out a hundred entries at a time, and an empty list at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
    reader.readEntries(resolve, reject),
  );
  return some.length === 0 ? [] : [...some, ...(await entriesOf(reader))];
}
