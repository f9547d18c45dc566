// Package standard turns the facts of a company's filings into standard line
// items.
//
//  1. The concept map (conceptmap.yaml) says which tags state each item and what
//     absence means.
//  2. Build groups the facts of each filing by period and resolves every item
//     within that filing, so that the parts of a sum come from one statement.
//     Each result is a [Version]: a value for a period, known from one filing on.
//  3. Pack and Unpack keep the versions of a company as bytes, of which a reader
//     reads no more than the items that it asks for.
//  4. A [View] reads the versions as of a date: the anchor is the latest
//     statement period end known, and every item is read there or a number of
//     quarters before, over twelve months, a fiscal year or a quarter.
//
// Nothing known after the date of a View can be read through it. An item that
// is not stated is missing with a reason, or zero where the concept map says
// that absence means none and the statement is full. Nothing is guessed: spans
// that do not fit together are irreconcilable.
package standard
