-- Why a simulation failed, as a code; those that failed before do not know.
alter table promotion_simulation add column failure text check (failure in ('UNAVAILABLE', 'UNEXPECTED'));
