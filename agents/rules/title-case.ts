/** "We Provide Professional Solutions": capitals that name nothing. */
export function isTitleCase(text: string): boolean {
  const words = text.match(/\p{L}[\p{L}'’-]*/gu)?.filter(word => word.length > 3) ?? []
  return words.length >= 5 && !/[.;]$/.test(text) && words.every(word => /^\p{Lu}/u.test(word))
}
