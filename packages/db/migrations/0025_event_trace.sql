-- The trace in which a fact became true (`traceparent` of W3C Trace Context), so that what follows from it, in other
-- processes and later, belongs to the same trace.
alter table event add column trace_parent text check (length(trace_parent) <= 100);
