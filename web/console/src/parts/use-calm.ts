import { useEffect, useState } from 'react'

const waitMs = 400

/** What is being written, once nobody has typed for a moment. */
export const useCalm = <Value>(value: Value): Value => {
  const text = JSON.stringify(value)
  const [calm, setCalm] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setCalm(text), waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return JSON.parse(calm) as Value
}
