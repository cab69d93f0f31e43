/**
 * Returns names that are unique without regard to case: an empty one becomes `column_3`, a repeated one gets `_2`.
 *
 * @param names the header as given; a byte order mark is taken off
 */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((given, index) => {
    const name = given.replace(/^\uFEFF/, "").trim() === "" ? `column_${index + 1}` : given;
    const clean = name.replace(/^\uFEFF/, "").replaceAll("\0", "");
    let unique = clean;
    for (let count = 2; used.has(unique.toLowerCase()); count += 1) unique = `${clean}_${count}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}
