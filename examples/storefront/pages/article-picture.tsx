/** A drawing of an article, in the colours of the shop. */
export function ArticlePicture({ article, size }: { article: string; size: number }) {
  return (
    <svg className="picture" viewBox="0 0 56 56" width={size} height={size} aria-hidden="true">
      {drawings[article]}
    </svg>
  )
}

const drawings: Record<string, React.ReactNode> = {
  blanket: (
    <>
      <rect className="picture-1" x="10" y="14" width="36" height="30" rx="3" />
      <path className="picture-2" d="M10 21h36M10 28h36M10 35h36" />
      <path className="picture-3" d="M14 44v4m7-4v4m7-4v4m7-4v4m7-4v4" />
    </>
  ),
  mugs: (
    <>
      <path className="picture-3" d="M38 24h4a6 6 0 0 1 0 13h-5" />
      <path className="picture-1" d="M14 18h25v18a8 8 0 0 1-8 8h-9a8 8 0 0 1-8-8z" />
      <path className="picture-2" d="M14 27c4.2 0 4.2 3 8.3 3s4.2-3 8.4-3 4.2 3 8.3 3" />
    </>
  ),
  shelf: (
    <>
      <rect className="picture-1" x="7" y="31" width="42" height="6" rx="2" />
      <path className="picture-3" d="M14 37v8m28-8v8" />
      <path className="picture-2" d="M14 31V19h6v12m0-9 6 1-2 8m10 0a5 5 0 0 1 5-5 5 5 0 0 1 5 5z" />
    </>
  ),
  candles: (
    <>
      <path className="picture-1" d="M12 26h9v20h-9zM24 20h9v26h-9zM36 30h9v16h-9z" />
      <path className="picture-2" d="M16.5 26v-3M28.5 20v-3M40.5 30v-3" />
      <path className="picture-3" d="M16.5 20v-1M28.5 14v-2M40.5 24v-1" />
    </>
  ),
}
