/** The files of each app with their revisions, as the build lists them. */
declare module 'virtual:precache/scanner' {
  const files: { url: string; revision: string | null }[];
  export default files;
}

declare module 'virtual:precache/resident' {
  const files: { url: string; revision: string | null }[];
  export default files;
}
